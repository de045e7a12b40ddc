using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>
/// Reads the answer to <c>getResourceData</c>, a single binary value, as a stream: files are never held in memory.
/// </summary>
internal static class ThriftDownload
{
    /// <summary>The one method that answers a file.</summary>
    public const string Method = "getResourceData";

    private const int RefusalBytesMax = 64 * 1024;

    // The message: its word, the name with its length, its number. Then the head of the first field, and the value's length.
    private const int MessageBytes = 12;
    private const int FieldBytes = 3;

    /// <summary>Opens the value; the stream ends the answer when it is disposed.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="refuse">Turns a refusal into an exception.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<Stream> OpenAsync(
        HttpResponseMessage response, Func<ThriftField, ThriftReader, Exception> refuse, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var head = new byte[MessageBytes + Encoding.UTF8.GetByteCount(Method) + FieldBytes];
        await body.ReadExactlyAsync(head, cancellationToken);
        var reader = new ThriftReader(head);
        if (reader.ReadMessage() is not (ThriftMessageKind.Reply, Method) || !reader.Next(out var field))
        {
            throw new InvalidDataException("This answers another question.");
        }

        if (field is not (0, ThriftType.Text))
        {
            throw refuse(field, new ThriftReader(await RestAsync(body, cancellationToken)));
        }

        var length = new byte[sizeof(int)];
        await body.ReadExactlyAsync(length, cancellationToken);
        var bytes = BinaryPrimitives.ReadInt32BigEndian(length);
        return bytes >= 0
            ? new ResponseStream(response, body, bytes)
            : throw new InvalidDataException("The answer claims less than nothing.");
    }

    private static async Task<byte[]> RestAsync(Stream body, CancellationToken cancellationToken)
    {
        var rest = new byte[RefusalBytesMax];
        var count = await body.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken);
        return rest[..count];
    }
}

using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace AnyFetch.Server.Http;

/// <summary>
/// A connection's output. Kestrel answers what it cannot parse by itself, with a bare status and before any middleware
/// runs; once it was told that this is about to happen, that answer gets the documented body. Everything else passes
/// through as it is.
/// </summary>
internal sealed class RejectionWriter(PipeWriter inner) : PipeWriter
{
    private const string NoLength = "Content-Length: 0\r\n";

    /// <summary>A bare answer must come in one piece, so it is given room for all of it.</summary>
    private const int BareAnswerBytesMax = 1024;

    private Memory<byte> _memory;
    private (string Headers, byte[] Body)? _rejection;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>The next bare answer on this connection gets these headers and this body.</summary>
    public void Reject(string headers, byte[] body) => _rejection = (headers, body);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _memory = inner.GetMemory(_rejection is null ? sizeHint : Math.Max(sizeHint, BareAnswerBytesMax));

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (_rejection is var (headers, body) && Complete(_memory.Span[..bytes], headers, body) is { } answer)
        {
            _rejection = null;
            answer.CopyTo(inner.GetSpan(answer.Length));
            bytes = answer.Length;
        }

        inner.Advance(bytes);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    /// <summary>The answer with its body, or null when these bytes are no bare answer.</summary>
    private static byte[]? Complete(ReadOnlySpan<byte> written, string headers, byte[] body)
    {
        var head = Encoding.Latin1.GetString(written);
        var length = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            && head.EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && head.Contains(NoLength, StringComparison.Ordinal)
                ? [.. Encoding.Latin1.GetBytes(head.Replace(NoLength, length + headers, StringComparison.Ordinal)), .. body]
                : null;
    }
}

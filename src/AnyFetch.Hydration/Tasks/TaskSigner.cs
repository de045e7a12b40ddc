using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Settings;

namespace AnyFetch.Hydration.Tasks;

/// <summary>
/// Turns task names into the last segment of their URLs and back. The segment carries an HMAC-SHA256 under a key of this
/// installation, so that nobody can make one up (hydration.md §5: no Authorization header, at least 128 unguessable bits).
/// </summary>
internal sealed class TaskSigner(ISettingStore settings)
{
    /// <summary>The setting that keeps the key.</summary>
    internal const string KeySetting = "hydration.task-key";

    private const int KeyBytes = 32;
    private const int NameBytes = (3 * ObjectId.ByteCount) + sizeof(int);
    private const int SignedBytes = NameBytes + HMACSHA256.HashSizeInBytes;
    private const int TokenNameBytes = NameBytes + sizeof(long);
    private const int TokenBytes = TokenNameBytes + HMACSHA256.HashSizeInBytes;

    private byte[]? _key;
    private byte[]? _tokenKey;

    internal async ValueTask<string> SignAsync(TaskName name, CancellationToken cancellationToken)
    {
        var key = _key ?? await LoadKeyAsync(cancellationToken).ConfigureAwait(false);
        Span<byte> bytes = stackalloc byte[SignedBytes];
        WriteName(name, bytes);
        HMACSHA256.HashData(key, bytes[..NameBytes], bytes[NameBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The name, or null when this installation did not sign it.</summary>
    internal async ValueTask<TaskName?> ReadAsync(string task, CancellationToken cancellationToken)
    {
        var key = _key ?? await LoadKeyAsync(cancellationToken).ConfigureAwait(false);
        Span<byte> bytes = stackalloc byte[SignedBytes];
        if (task.Length != Base64Url.GetEncodedLength(SignedBytes)
            || Base64Url.DecodeFromChars(task, bytes, out _, out var written) != OperationStatus.Done
            || written != SignedBytes)
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..NameBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[NameBytes..]))
        {
            return null;
        }

        return ReadName(bytes);
    }

    /// <summary>
    /// The access token of a task. Made under another key than the URLs are: an external hydrater that gets no token must not
    /// be able to make one of its callback.
    /// </summary>
    internal async ValueTask<string> SignTokenAsync(
        TaskName name,
        DateTimeOffset endsAt,
        CancellationToken cancellationToken)
    {
        var key = await TokenKeyAsync(cancellationToken).ConfigureAwait(false);
        Span<byte> bytes = stackalloc byte[TokenBytes];
        WriteName(name, bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[NameBytes..], endsAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(key, bytes[..TokenNameBytes], bytes[TokenNameBytes..]);
        return TaskGrant.SecretPrefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>The task of an access token, or null when this installation did not sign it or its time is over.</summary>
    internal async ValueTask<TaskName?> ReadTokenAsync(
        string secret,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var key = await TokenKeyAsync(cancellationToken).ConfigureAwait(false);
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (secret.Length != TaskGrant.SecretPrefix.Length + Base64Url.GetEncodedLength(TokenBytes)
            || Base64Url.DecodeFromChars(secret.AsSpan(TaskGrant.SecretPrefix.Length), bytes, out _, out var written)
                != OperationStatus.Done
            || written != TokenBytes)
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..TokenNameBytes], expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes[TokenNameBytes..])
            && BinaryPrimitives.ReadInt64BigEndian(bytes[NameBytes..]) > now.ToUnixTimeSeconds()
                ? ReadName(bytes)
                : null;
    }

    private static void WriteName(TaskName name, Span<byte> bytes)
    {
        name.Company.Value.Write(bytes);
        name.Document.Value.Write(bytes[ObjectId.ByteCount..]);
        name.Hydrater.Value.Write(bytes[(2 * ObjectId.ByteCount)..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(3 * ObjectId.ByteCount)..], name.Generation);
    }

    private static TaskName ReadName(ReadOnlySpan<byte> bytes) => new(
        new CompanyId(ObjectId.Read(bytes)),
        new DocumentId(ObjectId.Read(bytes[ObjectId.ByteCount..])),
        BinaryPrimitives.ReadInt32BigEndian(bytes[(3 * ObjectId.ByteCount)..]),
        new HydraterId(ObjectId.Read(bytes[(2 * ObjectId.ByteCount)..])));

    private async ValueTask<byte[]> TokenKeyAsync(CancellationToken cancellationToken) =>
        _tokenKey ??= HMACSHA256.HashData(
            _key ?? await LoadKeyAsync(cancellationToken).ConfigureAwait(false), "access tokens"u8);

    private async ValueTask<byte[]> LoadKeyAsync(CancellationToken cancellationToken)
    {
        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var kept = await settings.GetOrAddAsync(KeySetting, made, cancellationToken).ConfigureAwait(false);
        return _key = Convert.FromBase64String(kept);
    }
}

namespace AnyFetch.Core.Files;

/// <summary>SHA-256 of a file's content: its name in the file store. 64 lower-case hexadecimal digits.</summary>
public readonly record struct FileHash(string Hex)
{
    /// <summary>Wraps a 32-byte digest.</summary>
    public static FileHash FromDigest(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    /// <inheritdoc/>
    public override string ToString() => Hex;
}

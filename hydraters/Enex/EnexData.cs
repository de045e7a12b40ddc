namespace AnyFetch.Hydraters.Enex;

/// <summary>A content that stood in an export.</summary>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Hash">The MD5 of it in hexadecimal digits, by which the markup of its note names it.</param>
/// <param name="Bytes">The content, when it is small and was kept.</param>
/// <param name="Path">The file that it was written to, when it is not.</param>
internal sealed record EnexData(long Length, string Hash, ReadOnlyMemory<byte> Bytes, string? Path);

using System.Runtime.InteropServices;

namespace AnyFetch.Api.Authentication;

/// <summary>A 32-byte digest of credentials, the key under which their caller is cached.</summary>
internal readonly record struct CredentialKey(ulong A, ulong B, ulong C, ulong D)
{
    public const int ByteCount = 32;

    public static CredentialKey FromDigest(ReadOnlySpan<byte> digest)
    {
        var parts = MemoryMarshal.Cast<byte, ulong>(digest);
        return new CredentialKey(parts[0], parts[1], parts[2], parts[3]);
    }
}

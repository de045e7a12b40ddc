using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Documents;

namespace AnyFetch.Hydration.Rounds;

/// <summary>A digest of everything in a document that a client can change.</summary>
internal static class ContentDigest
{
    private const int DigestBytes = 15;

    internal static string Of(Document document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, document.Type.ToString());
        Add(hash, document.CreationDate.UtcTicks);
        Add(hash, document.ModificationDate.UtcTicks);
        Add(hash, document.Metadata.Utf8.Span);
        Add(hash, document.Data.Utf8.Span);
        Add(hash, document.Actions.Utf8.Span);
        Add(hash, document.Related.Count);
        foreach (var related in document.Related)
        {
            Add(hash, related);
        }

        Add(hash, document.UserAccess?.Count ?? -1);
        foreach (var user in document.UserAccess ?? [])
        {
            Add(hash, user.ToString());
        }

        Add(hash, document.Source.KeepsFile ? 1 : 0);
        Add(hash, document.Source.Url ?? "");
        Add(hash, document.File?.Hash.Hex ?? "");
        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text).AsSpan());

    /// <summary>The length goes first, so that two neighbours cannot trade bytes.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, (long)bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}

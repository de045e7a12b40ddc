using System.Text;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// Terms that the analyser never makes, because they begin with a control character: a term under its metadata key,
/// the presence of a key, an exact value. A key is a dotted path, written as a code of fixed length.
/// </summary>
internal static class KeyCode
{
    /// <summary>Stands in every document.</summary>
    public const string All = "\u0084";

    /// <summary>Stands between values, so that no phrase reaches from one to the next.</summary>
    public const string Gap = "\u0080";

    private const char HasMark = '\u0081';
    private const char TermMark = '\u0082';
    private const char ExactMark = '\u0083';

    /// <summary>Bytes of a mark and a key's code, what a keyed term begins with.</summary>
    public const int PrefixBytes = 2 + CodeBytes;

    private const ulong FirstLevel = 1;
    private const int CodeBytes = 8;
    private const int ExactBytes = 13;

    /// <summary>True for the terms that the analyser never makes.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> term) => term.Length >= 2 && term[0] == 0xC2 && term[1] < 0xA0;

    /// <summary>True for terms that stand nowhere: the presence of a key, an exact value. No phrase has them.</summary>
    public static bool IsPlaceless(ReadOnlySpan<byte> term) =>
        IsMarked(term) && term[1] is (byte)HasMark or (byte)ExactMark;

    /// <summary>
    /// The hash of a key: of the first level (no parent) or below another. A dot in its name is as good as a level.
    /// </summary>
    public static ulong Hash(ReadOnlySpan<byte> utf8Key, ulong parent = FirstLevel)
    {
        while (utf8Key.IndexOf((byte)'.') is var dot and >= 0)
        {
            parent = Hash64.Of(utf8Key[..dot], parent);
            utf8Key = utf8Key[(dot + 1)..];
        }

        return Hash64.Of(utf8Key, parent);
    }

    /// <summary>The hash of a dotted path.</summary>
    public static ulong HashOf(string path) => Hash(Encoding.UTF8.GetBytes(path));

    public static void WriteTermPrefix(Span<byte> target, ulong key) => Write(target, TermMark, key);

    public static void WriteHas(Span<byte> target, ulong key) => Write(target, HasMark, key);

    /// <summary>Bytes of an exact value's term.</summary>
    public const int ExactTermBytes = PrefixBytes + ExactBytes;

    public static void WriteExact(Span<byte> target, ulong key, ReadOnlySpan<byte> utf8Value)
    {
        Write(target, ExactMark, key);
        WriteBase32(target[PrefixBytes..ExactTermBytes], Hash64.Of(utf8Value, key));
    }

    /// <summary>The hash in the term of an exact value; null for other terms.</summary>
    public static ulong? ExactHash(ReadOnlySpan<byte> term) =>
        IsMarked(term) && term[1] == (byte)ExactMark ? ReadBase32(term[PrefixBytes..ExactTermBytes]) : null;

    /// <summary>The hash of an exact value, as its term has it.</summary>
    public static ulong ExactHash(string key, string value) => Hash64.Of(Encoding.UTF8.GetBytes(value), HashOf(key));

    /// <summary>The term under its key.</summary>
    public static string Term(string key, string term) => TermPrefix(key) + term;

    /// <summary>What the terms under a key begin with.</summary>
    public static string TermPrefix(string key)
    {
        Span<byte> bytes = stackalloc byte[PrefixBytes];
        WriteTermPrefix(bytes, HashOf(key));
        return Encoding.UTF8.GetString(bytes);
    }

    public static string Has(string key)
    {
        Span<byte> bytes = stackalloc byte[PrefixBytes];
        WriteHas(bytes, HashOf(key));
        return Encoding.UTF8.GetString(bytes);
    }

    public static string Exact(string key, string value) => Encoding.UTF8.GetString(ExactUtf8(key, value));

    /// <summary>The term of an exact value.</summary>
    public static byte[] ExactUtf8(string key, string value)
    {
        var term = new byte[ExactTermBytes];
        WriteExact(term, HashOf(key), Encoding.UTF8.GetBytes(value));
        return term;
    }

    private static void Write(Span<byte> target, char mark, ulong key)
    {
        target[0] = 0xC2;
        target[1] = (byte)mark;
        WriteBase32(target.Slice(2, CodeBytes), key);
    }

    private static void WriteBase32(Span<byte> target, ulong value)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = "abcdefghijklmnopqrstuvwxyz012345"u8[(int)(value & 31)];
            value >>= 5;
        }
    }

    private static ulong ReadBase32(ReadOnlySpan<byte> digits)
    {
        ulong value = 0;
        for (var i = 0; i < digits.Length; i++)
            value |= (ulong)(digits[i] >= (byte)'a' ? digits[i] - (byte)'a' : digits[i] - (byte)'0' + 26) << (5 * i);
        return value;
    }
}

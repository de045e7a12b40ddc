using System.Text;

namespace AnyFetch.Search.Analysis;

/// <summary>A term under construction: folded UTF-8, cut at <see cref="BytesMax"/> on a character's boundary.</summary>
internal sealed class TermBuffer
{
    /// <summary>Longest term, in bytes. What follows is ignored, in documents and in queries alike.</summary>
    public const int BytesMax = 64;

    [ThreadStatic]
    private static TermBuffer? t_own;

    private readonly byte[] _bytes = new byte[BytesMax];
    private bool _isFull;

    /// <summary>The buffer of this thread: analysis never nests and never awaits.</summary>
    public static TermBuffer OfThread => t_own ??= new TermBuffer();

    public int Length { get; private set; }

    /// <summary>True while the term has only ASCII letters, which is what the stemmer knows.</summary>
    public bool IsPlainLetters { get; private set; }

    public ReadOnlySpan<byte> Term => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        _isFull = false;
        IsPlainLetters = true;
    }

    /// <summary>Adds the word character at a place and returns the place after it.</summary>
    public int AppendAt(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        var kind = CharTable.ClassOf(c);
        if (kind is CharClass.Word or CharClass.Digit)
        {
            var folded = CharTable.Fold(c);
            if (folded < 0x80 && Length < BytesMax && !_isFull)
            {
                _bytes[Length++] = (byte)folded;
                IsPlainLetters &= folded >= 'a';
            }
            else
            {
                Append(new Rune(folded));
            }
        }
        else if (kind == CharClass.Multiple)
        {
            foreach (var letter in CharTable.FoldMultiple(c))
                Append(new Rune((char)letter));
        }
        else if (kind == CharClass.Surrogate)
        {
            Rune.DecodeFromUtf16(text[index..], out var rune, out var units);
            Append(Rune.ToLowerInvariant(rune));
            return index + units;
        }
        else if (kind != CharClass.Skip)
        {
            Append(new Rune(c));
        }

        return index + 1;
    }

    public void Stem()
    {
        if (IsPlainLetters && !_isFull)
            Length = Stemmer.Stem(_bytes.AsSpan(0, Length));
    }

    private void Append(Rune rune)
    {
        _isFull |= Length + rune.Utf8SequenceLength > BytesMax;
        if (_isFull)
            return;
        Length += rune.EncodeToUtf8(_bytes.AsSpan(Length));
        IsPlainLetters &= rune.IsAscii && rune.Value >= 'a';
    }
}

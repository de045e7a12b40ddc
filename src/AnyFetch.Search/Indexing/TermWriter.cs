using AnyFetch.Search.Analysis;

namespace AnyFetch.Search.Indexing;

/// <summary>The terms of one column of one document, separated by spaces. Reused from document to document.</summary>
internal sealed class TermWriter
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>How many terms were written, gaps not counted.</summary>
    public int TermCount { get; private set; }

    public ReadOnlySpan<byte> Utf8 => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        TermCount = 0;
    }

    public void Add(ReadOnlySpan<byte> term) => Add(default, term);

    public void Add(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> term)
    {
        Append(prefix, term);
        TermCount++;
    }

    /// <summary>Keeps phrases from reaching over this place.</summary>
    public void AddGap() => Append(default, "\u0080"u8);

    /// <summary>Adds terms that another writer holds, each with a prefix.</summary>
    public void Copy(TermWriter source, ReadOnlySpan<byte> prefix)
    {
        var terms = source.Utf8;
        if (prefix.IsEmpty)
        {
            EnsureRoom(terms.Length);
            terms.CopyTo(_bytes.AsSpan(_length));
            _length += terms.Length;
            TermCount += source.TermCount;
            return;
        }

        while (!terms.IsEmpty)
        {
            var end = terms.IndexOf((byte)' ');
            var term = terms[..end];
            if (term.SequenceEqual("\u0080"u8))
                AddGap();
            else
                Add(prefix, term);
            terms = terms[(end + 1)..];
        }
    }

    private void Append(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> term)
    {
        var added = prefix.Length + term.Length + 1;
        EnsureRoom(added);
        prefix.CopyTo(_bytes.AsSpan(_length));
        term.CopyTo(_bytes.AsSpan(_length + prefix.Length));
        _length += added;
        _bytes[_length - 1] = (byte)' ';
    }

    private void EnsureRoom(int bytes)
    {
        if (_length + bytes > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_length + bytes, _bytes.Length * 2));
    }
}

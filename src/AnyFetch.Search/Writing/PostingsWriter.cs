using System.Buffers;
using System.Runtime.InteropServices;
using AnyFetch.Search.Scoring;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>
/// Encodes the postings of one term after the other: whole blocks of 128 packed, the rest in Rice's code, then the
/// positions. A term with at least one whole block has an entry to skip each block by.
/// </summary>
internal sealed class PostingsWriter(ColumnSet columns, PatternTable patterns) : IDisposable
{
    private const int BlockSize = BitPacking.BlockSize;

    private readonly float _textAverage = Average(columns.TextTerms, columns.RowCount);
    private readonly float _fieldsAverage = Average(columns.FieldsTerms, columns.RowCount);
    private readonly int[] _rows = new int[BlockSize];
    private readonly int[] _patterns = new int[BlockSize];
    private readonly List<SkipEntry> _skips = [];
    private readonly ByteSink _docs = new();
    private readonly ByteSink _positions = new();
    private readonly int[] _firsts = new int[BlockSize];
    private readonly int[] _restEnds = new int[BlockSize];
    private int[] _rest = new int[BlockSize];
    private bool _hasPositions;
    private int _restCount;
    private int _count;
    private int _frequency;
    private int _last = -1;
    private int _blockPositions;
    private float _bound;

    /// <summary>Average terms of a row, as bounds of blocks are made with.</summary>
    public static float Average(long terms, int rows) => Math.Max(1f, (float)terms / Math.Max(rows, 1));

    /// <summary>Adds a posting behind those before.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="pattern">Its occurrence pattern.</param>
    /// <param name="positions">Its places, each column's first and then the distances; none for terms that stand nowhere.</param>
    public void Add(int row, int pattern, ReadOnlySpan<int> positions)
    {
        AddPositions(positions);
        _rows[_count] = row;
        _patterns[_count++] = pattern;
        _frequency++;
        _bound = Math.Max(_bound, Worth(row, pattern));
        if (_count == BlockSize)
            EndBlock();
    }

    /// <summary>Writes the term; its offset is not filled in.</summary>
    public TermInfo End(ByteSink sink)
    {
        if (_count > 0)
            EndBlock();
        var skips = _frequency < BlockSize ? default : MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_skips));
        sink.Write(skips);
        sink.Write(_docs.Bytes);
        sink.Write(_positions.Bytes);
        var info = new TermInfo(
            _frequency, 0, skips.Length + (int)_docs.Position, (int)_positions.Position);
        _skips.Clear();
        _docs.Clear();
        _positions.Clear();
        (_frequency, _last, _blockPositions, _hasPositions) = (0, -1, 0, false);
        return info;
    }

    public void Dispose()
    {
        _docs.Dispose();
        _positions.Dispose();
    }

    private void EndBlock()
    {
        _skips.Add(new SkipEntry
        {
            Last = _rows[_count - 1],
            Docs = (int)_docs.Position,
            Positions = _blockPositions,
            Bound = _bound,
        });
        var before = _last;
        for (var i = 0; i < _count; i++)
            (_rows[i], before) = (_rows[i] - before - 1, _rows[i]);
        _last = before;
        if (_count == BlockSize)
            WritePacked();
        else
            WriteTail();
        WritePositions();
        _blockPositions = (int)_positions.Position;
        (_count, _restCount) = (0, 0);
        _bound = 0;
    }

    private void WritePacked()
    {
        PatchedPacking.Write(_docs, _rows);
        RicePacking.Write(_docs, _patterns);
    }

    private void WriteTail()
    {
        if (_count < RiceCode.NumbersMin)
        {
            for (var i = 0; i < _count; i++)
            {
                // The most frequent pattern needs no more than a bit.
                _docs.WriteVarint((ulong)_rows[i] << 1 | (_patterns[i] == 0 ? 0u : 1u));
                if (_patterns[i] != 0)
                    _docs.WriteVarint((ulong)_patterns[i]);
            }

            return;
        }

        ReadOnlySpan<int> rows = _rows.AsSpan(0, _count);
        ReadOnlySpan<int> patterns = _patterns.AsSpan(0, _count);
        var (rowBits, patternBits) = (RiceCode.ChooseLowBits(rows), RiceCode.ChooseLowBits(patterns));
        _docs.Write((byte)rowBits);
        _docs.Write((byte)patternBits);
        var writer = new RiceCode.Writer(_docs);
        foreach (var row in rows)
            writer.Write(row, rowBits);
        foreach (var pattern in patterns)
            writer.Write(pattern, patternBits);
        writer.End();
    }

    private void AddPositions(ReadOnlySpan<int> positions)
    {
        if (positions.IsEmpty)
            return;
        _firsts[_count] = positions[0];
        _hasPositions = true;
        var rest = positions[1..];
        if (_restCount + rest.Length > _rest.Length)
            Array.Resize(ref _rest, Math.Max(_restCount + rest.Length, _rest.Length * 2));
        rest.CopyTo(_rest.AsSpan(_restCount));
        _restEnds[_count] = _restCount += rest.Length;
    }

    private void WritePositions()
    {
        if (!_hasPositions)
            return;
        if (_count == BlockSize)
        {
            RicePacking.Write(_positions, _firsts);
            RiceCode.Write(_positions, _rest.AsSpan(0, _restCount));
            return;
        }

        var values = ArrayPool<int>.Shared.Rent(_count + _restCount);
        var next = 0;
        for (int i = 0, at = 0; i < _count; i++)
        {
            values[next++] = _firsts[i];
            while (at < _restEnds[i])
                values[next++] = _rest[at++];
        }

        RiceCode.Write(_positions, values.AsSpan(0, next));
        ArrayPool<int>.Shared.Return(values);
    }

    private float Worth(int row, int pattern)
    {
        var text = Relevance.LengthNorm(Relevance.TextLengthWeight, columns.TextLengths[row], _textAverage);
        var fields = Relevance.LengthNorm(Relevance.FieldsLengthWeight, columns.FieldsLengths[row], _fieldsAverage);
        return patterns.Score(pattern, text, fields) * (columns.Starred[row] ? Relevance.StarredFactor : 1);
    }
}

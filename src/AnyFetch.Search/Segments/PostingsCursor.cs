using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Walks over the rows of one term. Blocks that do not matter are passed over by their skip entries; patterns and
/// positions are only read when somebody asks.
/// </summary>
internal sealed unsafe class PostingsCursor
{
    /// <summary>A row behind all others.</summary>
    public const int End = int.MaxValue;

    /// <summary>Words of a bit for each posting of a block.</summary>
    public const int PlaceWords = BlockSize / 64;

    private const int BlockSize = BitPacking.BlockSize;

    private readonly int[] _rows = new int[BlockSize];
    private readonly int[] _patterns = new int[BlockSize];
    private PatternTable _table = null!;
    private byte* _docs;
    private byte* _positions;
    private SkipEntry* _skips;
    private int _frequency;
    private int _blockCount;
    private int _block;
    private int _decoded = -1;
    private int _count;
    private int _at;
    private byte* _packedPatterns;
    private bool _hasPatterns;
    private readonly PositionBlock _positionBlock = new();
    private bool _hasPositions;
    private int[] _values = [];

    /// <summary>Begins with a term; the cursor may have been used for another.</summary>
    public PostingsCursor Open(Segment segment, TermInfo term)
    {
        _table = segment.Patterns;
        _frequency = term.Frequency;
        _blockCount = (_frequency + BlockSize - 1) / BlockSize;
        var start = segment.Postings + term.Offset;
        _skips = _frequency < BlockSize ? null : (SkipEntry*)start;
        _docs = _skips is null ? start : start + _blockCount * SkipEntry.ByteCount;
        _positions = start + term.DocsBytes;
        _hasPositions = term.PositionsBytes > 0;
        _block = 0;
        _decoded = -1;
        return this;
    }

    /// <summary>Rows of the term, dead ones included.</summary>
    public int Frequency => _frequency;

    /// <summary>The rows of the block on which the cursor stands.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>The patterns of these rows.</summary>
    public ReadOnlySpan<int> Patterns
    {
        get
        {
            if (!_hasPatterns)
                DecodePatterns();
            return _patterns.AsSpan(0, _count);
        }
    }

    /// <summary>The row on which the cursor stands; <see cref="End"/> behind the last.</summary>
    public int Row => _block < _blockCount && _decoded == _block ? _rows[_at] : End;

    /// <summary>The pattern of that row.</summary>
    public int Pattern => Patterns[_at];

    /// <summary>The last row of the block on which the cursor stands; unknown in a short list.</summary>
    public int BlockLast => _skips is null ? End - 1 : _skips[_block].Last;

    /// <summary>A row that none of the block is before.</summary>
    public int BlockFirst => _decoded == _block ? _rows[0] : _skips is null || _block == 0 ? 0 : _skips[_block - 1].Last + 1;

    /// <summary>Moves to the first block that may have a row not before another, without decoding it.</summary>
    public bool SeekBlock(int row)
    {
        if (_skips is null)
        {
            if (_block == 0 && _decoded == 0 && _rows[_count - 1] < row)
                _block = 1;
            return _block < _blockCount;
        }

        if (_block < _blockCount && _skips[_block].Last >= row)
            return true;
        var step = 1;
        var low = _block;
        while (low + step < _blockCount && _skips[low + step].Last < row)
        {
            low += step;
            step <<= 1;
        }

        var high = Math.Min(low + step, _blockCount);
        while (low + 1 < high)
        {
            var middle = (low + high) >>> 1;
            if (_skips[middle].Last < row)
                low = middle;
            else
                high = middle;
        }

        _block = high;
        return _block < _blockCount;
    }

    /// <summary>A row that no row of the term from a place on is before; the next one itself once its block is decoded.</summary>
    public int Seek(int row)
    {
        if (!SeekBlock(row))
            return End;
        if (_skips is null)
            DecodeBlock();
        if (_decoded != _block)
            return Math.Max(row, BlockFirst);
        var next = _rows.AsSpan(0, _count).BinarySearch(row);
        next = next < 0 ? ~next : next;
        return next < _count ? _rows[next] : End;
    }

    /// <summary>The best worth of a row from one to another (exclusive), by the blocks' bounds.</summary>
    public float BoundWithin(int from, int before)
    {
        if (!SeekBlock(from))
            return 0;
        if (_skips is null)
            return float.PositiveInfinity;
        var bound = 0f;
        for (var block = _block; block < _blockCount; block++)
        {
            if (block > _block && _skips[block - 1].Last + 1 >= before)
                break;
            bound = Math.Max(bound, _skips[block].Bound);
        }

        return bound;
    }

    /// <summary>Blocks of the term.</summary>
    public int BlockCount => _blockCount;

    /// <summary>The number of the block on which the cursor stands.</summary>
    public int Block => _block;

    /// <summary>Goes to a block by its number.</summary>
    public void GoToBlock(int block) => _block = block;

    /// <summary>Goes on to the next block.</summary>
    public bool NextBlock() => ++_block < _blockCount;

    /// <summary>Decodes the rows of the block on which the cursor stands.</summary>
    public void DecodeBlock()
    {
        if (_decoded == _block)
            return;
        _decoded = _block;
        _at = 0;
        var first = _block == 0 || _skips is null ? 0 : _skips[_block - 1].Last + 1;
        var at = _docs + (_skips is null ? 0 : _skips[_block].Docs);
        _count = Math.Min(BlockSize, _frequency - _block * BlockSize);
        _positionBlock.Begin(_positions + (_skips is null ? 0 : _skips[_block].Positions), _count == BlockSize);
        if (_count == BlockSize)
            DecodePacked(at, first);
        else
            DecodeTail(at, first);
    }

    /// <summary>Moves to the first row not before another, and returns it.</summary>
    public int Advance(int row)
    {
        if (!SeekBlock(row))
            return End;
        DecodeBlock();
        var rows = _rows;
        var at = _at;
        while (at < _count && rows[at] < row)
            at++;
        _at = at;
        if (at < _count)
            return rows[at];
        return NextBlock() ? Advance(row) : End;
    }

    /// <summary>Moves to a row; false when the term is not in it. Rows are asked for in order.</summary>
    public bool MoveTo(int row)
    {
        if (!SeekBlock(row))
            return false;
        DecodeBlock();
        var found = _rows.AsSpan(_at, _count - _at).IndexOf(row);
        _at += Math.Max(found, 0);
        return found >= 0;
    }

    /// <summary>The positions of the row on which the cursor stands, as they are stored, until the cursor moves.</summary>
    public ReadOnlySpan<int> PositionValues()
    {
        // A term that stands nowhere has none.
        if (!_hasPositions)
            return default;
        var total = _table.Total(Pattern);
        if (!_positionBlock.IsWhole)
            return _positionBlock.Rest(_at, Patterns, _table.Totals);
        if (_values.Length < total)
            _values = new int[total * 2];
        _values[0] = _positionBlock.Firsts[_at];
        if (total > 1)
            _positionBlock.Rest(_at, Patterns, _table.Totals).CopyTo(_values.AsSpan(1));
        return _values.AsSpan(0, total);
    }

    /// <summary>How many positions the row on which the cursor stands has.</summary>
    public int PositionCount => _hasPositions ? _table.Total(Pattern) : 0;

    /// <summary>The positions of the row on which the cursor stands, ascending.</summary>
    /// <param name="target">Room for <see cref="PositionCount"/>.</param>
    public void ReadPositions(Span<uint> target)
    {
        if (target.IsEmpty)
            return;
        if (_positionBlock.IsWhole && _table.Texts[Pattern] > 0)
        {
            ReadText(target);
            return;
        }

        var values = PositionValues();
        var next = 0;
        foreach (var (column, count) in _table[Pattern])
        {
            var position = TermPosition.Of(column, 0);
            for (var i = 0; i < count; i++, next++)
                target[next] = position += (uint)values[next];
        }
    }

    /// <summary>The positions of a row in whose text only the term is, as nearly all are.</summary>
    private void ReadText(Span<uint> target)
    {
        var position = target[0] = (uint)_positionBlock.Firsts[_at];
        if (target.Length == 1)
            return;
        var rest = _positionBlock.Rest(_at, Patterns, _table.Totals);
        for (var i = 0; i < rest.Length; i++)
            target[i + 1] = position += (uint)rest[i];
    }

    /// <summary>
    /// What the positions of each posting of the block on which the cursor stands begin with; nothing when that is not stored apart.
    /// </summary>
    public ReadOnlySpan<int> FirstPositions => _hasPositions ? _positionBlock.Firsts : default;

    /// <summary>Moves to a posting of the block on which the cursor stands, by its place.</summary>
    public void StandOn(int place) => _at = place;

    /// <summary>Tells which postings of the block on which the cursor stands are in wanted rows.</summary>
    /// <param name="start">The first of the rows that bits tell of.</param>
    /// <param name="wanted">A bit for each of these rows; others are not wanted.</param>
    /// <param name="places">Gets a bit for each posting, by its place; <see cref="PlaceWords"/> long.</param>
    public void FindPlaces(int start, ReadOnlySpan<ulong> wanted, Span<ulong> places) =>
        WantedPlaces.Find(Rows, start, wanted, places);

    private void DecodePacked(byte* at, int first)
    {
        fixed (int* rows = _rows)
        {
            _packedPatterns = PatchedPacking.Read(at, rows);
            AddUp(rows, first - 1);
        }

        _hasPatterns = false;
    }

    /// <summary>Makes rows of the distances between them, four at once.</summary>
    private static void AddUp(int* rows, int before)
    {
        var last = Vector128.Create(before);
        var steps = Vector128.Create(1, 2, 3, 4);
        for (var i = 0; i < BlockSize; i += Vector128<int>.Count)
        {
            // A place outside of the vector gives 0.
            var four = Vector128.Load(rows + i);
            four += Vector128.Shuffle(four, Vector128.Create(4, 0, 1, 2));
            four += Vector128.Shuffle(four, Vector128.Create(4, 4, 0, 1));
            four += last + steps;
            four.Store(rows + i);
            last = Vector128.Shuffle(four, Vector128.Create(3));
        }
    }

    private void DecodeTail(byte* at, int first)
    {
        _hasPatterns = true;
        var row = first - 1;
        if (_count >= RiceCode.NumbersMin)
        {
            var reader = new RiceCode.Reader(at + 2);
            var (rowBits, patternBits) = (at[0], at[1]);
            reader.Read(rowBits, _rows.AsSpan(0, _count));
            reader.Read(patternBits, _patterns.AsSpan(0, _count));
            for (var i = 0; i < _count; i++)
                _rows[i] = row += _rows[i] + 1;
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            var value = Varint.Read(ref at);
            _rows[i] = row += (int)(value >> 1) + 1;
            _patterns[i] = (value & 1) == 0 ? 0 : (int)Varint.Read(ref at);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecodePatterns()
    {
        fixed (int* patterns = _patterns)
            RicePacking.Read(_packedPatterns, patterns);
        _hasPatterns = true;
    }
}

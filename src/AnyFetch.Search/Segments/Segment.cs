using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Segments;

/// <summary>
/// A part of an index that never changes: documents as rows from 0, their terms, and columns of what filters, facets
/// and sorting need. The same bytes whether they are in memory or in a file. Which of its rows still count is told
/// beside it.
/// </summary>
internal sealed unsafe class Segment : IDisposable
{
    private readonly SegmentMemory _memory;
    private readonly SegmentFooter _footer;
    private readonly IdTable _idTable;
    private int _users = 1;

    private Segment(SegmentMemory memory, SegmentFooter footer, string? fileName)
    {
        (_memory, _footer, FileName) = (memory, footer, fileName);
        Patterns = PatternTable.Read(At(SegmentSection.Patterns));
        Types = new NumberColumn(At(SegmentSection.Types));
        Providers = new NumberColumn(At(SegmentSection.Providers));
        Access = new NumberColumn(At(SegmentSection.Access));
        Months = new NumberColumn(At(SegmentSection.Months));
        Created = new DateColumn(At(SegmentSection.Created));
        Modified = new DateColumn(At(SegmentSection.Modified));
        Terms = new TermDictionary(At(SegmentSection.TermBlocks), At(SegmentSection.TermBlockStarts),
            (int)(footer.Length(SegmentSection.TermBlockStarts) / sizeof(uint)));
        _idTable = new IdTable(At(SegmentSection.IdTable), (int)(footer.Length(SegmentSection.IdTable) / sizeof(int)),
            At(SegmentSection.Ids), footer.RowCount);
        ExactValues = new ExactFilter(At(SegmentSection.ExactValues), footer.Length(SegmentSection.ExactValues));
        TypeValues = [.. ReadIds(SegmentSection.TypeValues).Select(id => new DocumentTypeId(id))];
        ProviderValues = [.. ReadIds(SegmentSection.ProviderValues).Select(id => new AccessTokenId(id))];
        AccessValues = AccessSets.Read(At(SegmentSection.AccessValues), footer.Length(SegmentSection.AccessValues));
    }

    /// <summary>The name of its file in the index's directory; null while it is only in memory.</summary>
    public string? FileName { get; }

    public int RowCount => _footer.RowCount;

    public long ByteCount => _memory.Length;

    /// <summary>Bytes of one part.</summary>
    public long ByteCountOf(SegmentSection section) => _footer.Length(section);

    /// <summary>What it takes of memory, its file not counted.</summary>
    public long MemoryBytes => (_memory.IsFile ? 0 : ByteCount) + Visible.ByteCount + 16_384;

    /// <summary>The checksum of everything in it.</summary>
    public uint Checksum => BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(_memory.Pointer + _memory.Length - 8, 4));

    public long TextTerms => _footer.TextTerms;

    public long FieldsTerms => _footer.FieldsTerms;

    public PatternTable Patterns { get; }

    public TermDictionary Terms { get; }

    /// <summary>The values that are compared exactly.</summary>
    public ExactFilter ExactValues { get; }

    public NumberColumn Types { get; }

    public NumberColumn Providers { get; }

    public NumberColumn Access { get; }

    /// <summary>Months of the creation dates from year 0.</summary>
    public NumberColumn Months { get; }

    /// <summary>Creation dates in UTC ticks.</summary>
    public DateColumn Created { get; }

    /// <summary>Modification dates in UTC ticks.</summary>
    public DateColumn Modified { get; }

    public ushort* TextLengths => (ushort*)At(SegmentSection.TextLengths);

    public ushort* FieldsLengths => (ushort*)At(SegmentSection.FieldsLengths);

    /// <summary>One byte a row, or null when no document is starred.</summary>
    public byte* Starred => _footer.Length(SegmentSection.Starred) == 0 ? null : At(SegmentSection.Starred);

    public IReadOnlyList<DocumentTypeId> TypeValues { get; }

    public IReadOnlyList<AccessTokenId> ProviderValues { get; }

    /// <summary>The sets of users that its documents are open to.</summary>
    public AccessSets AccessValues { get; }

    /// <summary>What users may see of it.</summary>
    public VisibleRows Visible { get; } = new();

    public byte* Postings => At(SegmentSection.Postings);

    /// <summary>Maps a file and checks that it is as it was written.</summary>
    /// <exception cref="DamagedIndexException">It is not.</exception>
    public static Segment Open(string path)
    {
        var memory = SegmentMemory.Map(path);
        try
        {
            Verify(memory);
            return Read(memory, Path.GetFileName(path));
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Takes a segment in memory, which belongs to it from now on.</summary>
    public static Segment Read(SegmentMemory memory, string? fileName = null)
    {
        if (memory.Length < SegmentFooter.ByteCount)
            throw new DamagedIndexException("The segment is too short.");
        var end = new ReadOnlySpan<byte>(
            memory.Pointer + memory.Length - SegmentFooter.ByteCount, SegmentFooter.ByteCount);
        return new Segment(memory, SegmentFooter.Read(end, memory.Length), fileName);
    }

    /// <summary>Takes a copy of what was written to a sink. Only files need a checksum.</summary>
    public static Segment Read(ByteSink sink)
    {
        sink.Take(sizeof(ulong)).Clear();
        return Read(SegmentMemory.Copy(sink.Bytes));
    }

    /// <summary>The row of a document, or -1.</summary>
    public int Find(DocumentId id) => _idTable.Find(id.Value);

    public DocumentId Id(int row) => new(_idTable.Id(row));

    /// <summary>Keeps it from being let go until <see cref="Dispose"/> is called once more; false when it is gone.</summary>
    public bool TryRent()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }

        return false;
    }

    /// <summary>Gives it back; the last one lets go of its memory.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _memory.Dispose();
    }

    private static void Verify(SegmentMemory memory)
    {
        const int PartBytes = 1 << 24;
        if (memory.Length < SegmentFooter.ByteCount)
            throw new DamagedIndexException("The segment is too short.");
        var checksum = Segments.Checksum.Seed;
        for (long at = 0; at < memory.Length - 8; at += PartBytes)
        {
            var length = (int)Math.Min(PartBytes, memory.Length - 8 - at);
            checksum = Segments.Checksum.Add(checksum, new ReadOnlySpan<byte>(memory.Pointer + at, length));
        }

        if (checksum != BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(memory.Pointer + memory.Length - 8, 8)))
            throw new DamagedIndexException("The segment's checksum is wrong.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* At(SegmentSection section) => _memory.Pointer + _footer.Start(section);

    private ObjectId[] ReadIds(SegmentSection section)
    {
        var bytes = new ReadOnlySpan<byte>(At(section), (int)_footer.Length(section));
        var ids = new ObjectId[bytes.Length / ObjectId.ByteCount];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = ObjectId.Read(bytes[(i * ObjectId.ByteCount)..]);
        return ids;
    }
}

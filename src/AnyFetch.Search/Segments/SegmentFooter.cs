using System.Buffers.Binary;

namespace AnyFetch.Search.Segments;

/// <summary>The end of a segment: what it holds and where, and the checksum of everything before it.</summary>
internal sealed class SegmentFooter
{
    /// <summary>Raised whenever terms or the format change; an index of another version is built again.</summary>
    public const int FormatVersion = 7;

    private const ulong Magic = 0x31746E656D676553;
    private const int Sections = (int)SegmentSection.ExactValues + 1;

    /// <summary>Bytes of a footer.</summary>
    public const int ByteCount = 8 + 4 + 4 + 8 + 8 + Sections * 16 + 8 + 8;

    private readonly long[] _starts = new long[Sections];
    private readonly long[] _lengths = new long[Sections];

    public required int RowCount { get; init; }

    /// <summary>Terms in the texts of all rows.</summary>
    public required long TextTerms { get; init; }

    /// <summary>Terms in the other columns of all rows.</summary>
    public required long FieldsTerms { get; init; }

    public long Start(SegmentSection section) => _starts[(int)section];

    public long Length(SegmentSection section) => _lengths[(int)section];

    public void Set(SegmentSection section, long start, long length) =>
        (_starts[(int)section], _lengths[(int)section]) = (start, length);

    /// <summary>Writes all but the checksum, which is the last thing of the segment.</summary>
    public void Write(ByteSink sink)
    {
        Span<byte> bytes = stackalloc byte[ByteCount - 8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], RowCount);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], TextTerms);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], FieldsTerms);
        for (var i = 0; i < Sections; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(32 + i * 16)..], _starts[i]);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(40 + i * 16)..], _lengths[i]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes[^8..], Magic);
        sink.Write(bytes);
    }

    /// <summary>Reads the footer at the end of some bytes.</summary>
    /// <exception cref="DamagedIndexException">There is none of this version.</exception>
    public static SegmentFooter Read(ReadOnlySpan<byte> end, long total)
    {
        if (end.Length != ByteCount || BinaryPrimitives.ReadUInt64LittleEndian(end) != Magic
            || BinaryPrimitives.ReadUInt64LittleEndian(end[^16..]) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(end[8..]) != FormatVersion)
        {
            throw new DamagedIndexException("The segment has no footer of this version.");
        }

        var footer = new SegmentFooter
        {
            RowCount = BinaryPrimitives.ReadInt32LittleEndian(end[12..]),
            TextTerms = BinaryPrimitives.ReadInt64LittleEndian(end[16..]),
            FieldsTerms = BinaryPrimitives.ReadInt64LittleEndian(end[24..]),
        };
        for (var i = 0; i < Sections; i++)
        {
            footer._starts[i] = BinaryPrimitives.ReadInt64LittleEndian(end[(32 + i * 16)..]);
            footer._lengths[i] = BinaryPrimitives.ReadInt64LittleEndian(end[(40 + i * 16)..]);
            if (footer._starts[i] < 0 || footer._lengths[i] < 0 || footer._starts[i] + footer._lengths[i] > total)
                throw new DamagedIndexException("A section of the segment lies outside of it.");
        }

        return footer;
    }
}

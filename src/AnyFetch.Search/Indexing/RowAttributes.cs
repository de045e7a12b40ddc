using System.Buffers.Binary;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Indexing;

/// <summary>What the index file holds of a row besides its terms, as fixed bytes.</summary>
internal readonly record struct RowAttributes(
    DocumentId Id,
    DocumentTypeId Type,
    AccessTokenId Provider,
    int Access,
    long Created,
    long Modified,
    ulong Content,
    ushort TextLength,
    ushort FieldsLength,
    bool IsStarred)
{
    public const int ByteCount = (3 * ObjectId.ByteCount) + 4 + 8 + 8 + 8 + 2 + 2 + 1;

    public static RowAttributes Read(ReadOnlySpan<byte> bytes) => new(
        new DocumentId(ObjectId.Read(bytes)),
        new DocumentTypeId(ObjectId.Read(bytes[12..])),
        new AccessTokenId(ObjectId.Read(bytes[24..])),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[66..]),
        bytes[68] != 0);

    public void Write(Span<byte> bytes)
    {
        Id.Value.Write(bytes);
        Type.Value.Write(bytes[12..]);
        Provider.Value.Write(bytes[24..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], Access);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Created);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], Modified);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[56..], Content);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[64..], TextLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[66..], FieldsLength);
        bytes[68] = IsStarred ? (byte)1 : (byte)0;
    }
}

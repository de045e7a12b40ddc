using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Storage.Database;

/// <summary>What a <see cref="SqlValue"/> holds.</summary>
internal enum SqlValueKind : byte
{
    Null,
    Number,
    Text,
    Bytes,
    Id,
}

/// <summary>
/// A value for a statement, converted from the domain's types without being boxed. Ids are 12 bytes, times are UTC
/// ticks of 100 ns, truths are 0 and 1, in both databases.
/// </summary>
internal readonly struct SqlValue
{
    private readonly long _number;
    private readonly uint _seconds;
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    private SqlValue(long number)
    {
        Kind = SqlValueKind.Number;
        _number = number;
    }

    private SqlValue(string? text)
    {
        Kind = text is null ? SqlValueKind.Null : SqlValueKind.Text;
        _text = text;
    }

    private SqlValue(ReadOnlyMemory<byte> bytes)
    {
        Kind = SqlValueKind.Bytes;
        _bytes = bytes;
    }

    private SqlValue(ObjectId id)
    {
        Kind = SqlValueKind.Id;
        _seconds = id.Seconds;
        _number = (long)id.Unique;
    }

    public static SqlValue Null => default;

    public SqlValueKind Kind { get; }

    public long Number => _number;

    public string Text => _text!;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public ObjectId Id => new(_seconds, (ulong)_number);

    public static implicit operator SqlValue(long? value) => value is { } number ? new(number) : default;

    public static implicit operator SqlValue(long value) => new(value);

    public static implicit operator SqlValue(int value) => new(value);

    public static implicit operator SqlValue(bool value) => new(value ? 1L : 0L);

    public static implicit operator SqlValue(string? value) => new(value);

    public static implicit operator SqlValue(byte[]? value) => value is null ? default : new(value.AsMemory());

    public static implicit operator SqlValue(ReadOnlyMemory<byte> value) => new(value);

    public static implicit operator SqlValue(ReadOnlyMemory<byte>? value) => value is { } bytes ? new(bytes) : default;

    public static implicit operator SqlValue(DateTimeOffset? value) => value is { } time ? new(time.UtcTicks) : default;

    public static implicit operator SqlValue(CompanyId? id) => id is { } known ? new(known.Value) : default;

    public static implicit operator SqlValue(UserId? id) => id is { } known ? new(known.Value) : default;

    public static implicit operator SqlValue(AccessTokenId? id) => id is { } known ? new(known.Value) : default;

    public static implicit operator SqlValue(ClientId? id) => id is { } known ? new(known.Value) : default;

    public static implicit operator SqlValue(DocumentId id) => new(id.Value);

    public static implicit operator SqlValue(DocumentTypeId id) => new(id.Value);

    public static implicit operator SqlValue(HydraterId id) => new(id.Value);

    public static implicit operator SqlValue(FileHash hash) => new(Convert.FromHexString(hash.Hex).AsMemory());
}

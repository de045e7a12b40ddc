using AnyFetch.Core.Ids;
using AnyFetch.Sqlite;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Sqlite;

/// <summary>A prepared statement, and the row it stands on.</summary>
internal sealed class SqliteQuery : ISqlRow
{
    public SqliteQuery(SqliteStatement statement, string sql)
    {
        Statement = statement;
        IsReadOnly = statement.IsReadOnly;
        // SQLite numbers "$1", "$2" as names, by first appearance, so they must appear in order.
        var number = 1;
        for (; statement.ParameterIndex($"${number}") is var index and > 0; number++)
        {
            if (index != number)
            {
                throw new InvalidOperationException($"${number} appears out of order in: {sql}");
            }
        }
    }

    public SqliteStatement Statement { get; }

    public bool IsReadOnly { get; }

    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Bind(index + 1, in values[index]);
        }
    }

    public bool IsNull(int column) => Statement.IsNull(column);

    public long Number(int column) => Statement.Int64(column);

    public string Text(int column) => Statement.Text(column);

    public byte[] Bytes(int column) => Statement.Bytes(column).ToArray();

    public ObjectId Id(int column) => ObjectId.Read(Statement.Bytes(column));

    private void Bind(int parameter, in SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlValueKind.Number:
                Statement.Bind(parameter, value.Number);
                break;
            case SqlValueKind.Text:
                Statement.BindText(parameter, value.Text.AsSpan());
                break;
            case SqlValueKind.Bytes:
                Statement.BindBlob(parameter, value.Bytes.Span);
                break;
            case SqlValueKind.Id:
                Span<byte> bytes = stackalloc byte[ObjectId.ByteCount];
                value.Id.Write(bytes);
                Statement.BindBlob(parameter, bytes);
                break;
            default:
                Statement.BindNull(parameter);
                break;
        }
    }
}

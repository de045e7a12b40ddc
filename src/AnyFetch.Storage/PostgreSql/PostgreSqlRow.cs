using AnyFetch.Core.Ids;
using AnyFetch.Storage.Database;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>The row that a reader stands on.</summary>
internal sealed class PostgreSqlRow(NpgsqlDataReader reader) : ISqlRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public ObjectId Id(int column) => ObjectId.Read(reader.GetFieldValue<byte[]>(column));
}

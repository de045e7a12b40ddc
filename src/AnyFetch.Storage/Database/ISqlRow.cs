using AnyFetch.Core.Ids;

namespace AnyFetch.Storage.Database;

/// <summary>The current row of a query. Nothing of it may be kept but the values that were read.</summary>
internal interface ISqlRow
{
    bool IsNull(int column);

    long Number(int column);

    string Text(int column);

    byte[] Bytes(int column);

    ObjectId Id(int column);
}

/// <summary>Readings that both databases share.</summary>
internal static class SqlRowExtensions
{
    public static bool Flag(this ISqlRow row, int column) => row.Number(column) != 0;

    public static DateTimeOffset Time(this ISqlRow row, int column) => new(row.Number(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this ISqlRow row, int column) =>
        row.IsNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    public static byte[]? BytesOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Bytes(column);

    public static ObjectId? IdOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Id(column);
}

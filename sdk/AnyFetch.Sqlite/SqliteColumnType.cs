namespace AnyFetch.Sqlite;

/// <summary>The storage class of one value (https://sqlite.org/datatype3.html).</summary>
public enum SqliteColumnType
{
    /// <summary>A 64-bit signed integer.</summary>
    Integer = 1,

    /// <summary>A 64-bit floating point number.</summary>
    Real = 2,

    /// <summary>UTF-8 text.</summary>
    Text = 3,

    /// <summary>Bytes.</summary>
    Blob = 4,

    /// <summary>No value.</summary>
    Null = 5,
}

using System.Data.Common;
using System.Globalization;

namespace AnyFetch.Sqlite;

/// <summary>How a database is opened. The same values can be written as a connection string.</summary>
/// <remarks>
/// Keys of the connection string, in any case: <c>Path</c> (or <c>Data Source</c>), <c>ReadOnly</c>, <c>Create</c>,
/// <c>WriteAheadLog</c>, <c>Synchronous</c>, <c>BusyTimeoutMilliseconds</c>, <c>CacheKibibytes</c>, <c>PageBytes</c>,
/// <c>CheckpointPages</c>, <c>MapBytesMax</c>, <c>ForeignKeys</c>, <c>StatementsMax</c>.
/// </remarks>
public sealed record SqliteOpenOptions
{
    /// <summary>The database file, or <c>:memory:</c> for one that lives as long as its connection.</summary>
    public required string Path { get; init; }

    /// <summary>Refuse every write through this connection. Default: false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Create the file when it does not exist; ignored when read-only. Default: true.</summary>
    public bool Create { get; init; } = true;

    /// <summary>Use the write-ahead log: readers see a snapshot and never wait for the writer. Default: true.</summary>
    public bool WriteAheadLog { get; init; } = true;

    /// <summary>When to wait for the disk. Default: <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>How long to wait for another connection's lock, in milliseconds. Default: 5000.</summary>
    public int BusyTimeoutMilliseconds { get; init; } = 5_000;

    /// <summary>Memory for the page cache of this connection, in KiB. Default: 8192.</summary>
    public int CacheKibibytes { get; init; } = 8_192;

    /// <summary>Size of a page when the file is created, in bytes, a power of two. Default: 4096.</summary>
    public int PageBytes { get; init; } = 4_096;

    /// <summary>Write-ahead log size that starts a checkpoint, in pages; 0 means never. Default: 1000.</summary>
    public int CheckpointPages { get; init; } = 1_000;

    /// <summary>How much of the file may be read through memory mapping, in bytes. Default: 0.</summary>
    public long MapBytesMax { get; init; }

    /// <summary>Check foreign keys. Default: true.</summary>
    public bool ForeignKeys { get; init; } = true;

    /// <summary>How many prepared statements the connection keeps for reuse. Default: 256.</summary>
    public int StatementsMax { get; init; } = 256;

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="ArgumentException">A key is unknown, a value is malformed, or the path is missing.</exception>
    public static SqliteOpenOptions Parse(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var options = new SqliteOpenOptions { Path = "" };
        foreach (string key in builder.Keys)
        {
            var value = Convert.ToString(builder[key], CultureInfo.InvariantCulture) ?? "";
            try
            {
                options = options.With(key, value);
            }
            catch (FormatException fault)
            {
                throw new ArgumentException($"'{value}' is not a value for {key}.", nameof(connectionString), fault);
            }
        }

        return options.Path.Length > 0
            ? options
            : throw new ArgumentException("The connection string names no Path.", nameof(connectionString));
    }

    /// <summary>The options as a connection string that <see cref="Parse"/> reads back.</summary>
    public string ToConnectionString() => new DbConnectionStringBuilder
    {
        [nameof(Path)] = Path,
        [nameof(ReadOnly)] = ReadOnly,
        [nameof(Create)] = Create,
        [nameof(WriteAheadLog)] = WriteAheadLog,
        [nameof(Synchronous)] = Synchronous,
        [nameof(BusyTimeoutMilliseconds)] = BusyTimeoutMilliseconds,
        [nameof(CacheKibibytes)] = CacheKibibytes,
        [nameof(PageBytes)] = PageBytes,
        [nameof(CheckpointPages)] = CheckpointPages,
        [nameof(MapBytesMax)] = MapBytesMax,
        [nameof(ForeignKeys)] = ForeignKeys,
        [nameof(StatementsMax)] = StatementsMax,
    }.ConnectionString;

    private SqliteOpenOptions With(string key, string value) => key.ToUpperInvariant() switch
    {
        "PATH" or "DATA SOURCE" => this with { Path = value },
        "READONLY" => this with { ReadOnly = bool.Parse(value) },
        "CREATE" => this with { Create = bool.Parse(value) },
        "WRITEAHEADLOG" => this with { WriteAheadLog = bool.Parse(value) },
        "SYNCHRONOUS" => this with { Synchronous = Level(value) },
        "BUSYTIMEOUTMILLISECONDS" => this with { BusyTimeoutMilliseconds = Number(value) },
        "CACHEKIBIBYTES" => this with { CacheKibibytes = Number(value) },
        "PAGEBYTES" => this with { PageBytes = Number(value) },
        "CHECKPOINTPAGES" => this with { CheckpointPages = Number(value) },
        "MAPBYTESMAX" => this with { MapBytesMax = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
        "FOREIGNKEYS" => this with { ForeignKeys = bool.Parse(value) },
        "STATEMENTSMAX" => this with { StatementsMax = Number(value) },
        _ => throw new ArgumentException($"'{key}' is not a key of a SQLite connection string."),
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static SqliteSynchronous Level(string value) =>
        Enum.TryParse<SqliteSynchronous>(value, true, out var level) && Enum.IsDefined(level)
            ? level
            : throw new FormatException();
}

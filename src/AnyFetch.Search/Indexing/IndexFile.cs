using System.Globalization;
using AnyFetch.Core.Feed;
using AnyFetch.Sqlite;

namespace AnyFetch.Search.Indexing;

/// <summary>The SQLite file of one index: its schema, its state, its connections.</summary>
internal static class IndexFile
{
    /// <summary>Raised whenever terms or tables change; an index of another format is built again.</summary>
    public const int FormatVersion = 1;

    /// <summary>Page cache of the writing connection, in KiB.</summary>
    public const int WriterCacheKibibytes = 16_384;

    /// <summary>Terms that SQLite collects in memory before it writes a segment, in bytes.</summary>
    private const int TermBufferBytes = 16 << 20;

    private const int CheckpointPages = 8_000;
    private const int PageBytes = 8_192;
    private const long MapBytesMax = 1L << 30;

    public static string PathIn(string directory) => Path.Combine(directory, "index.db");

    /// <summary>
    /// The one connection that writes. After a power failure the last commits may be missing, all of each; the feed
    /// position goes with them, so they are applied again.
    /// </summary>
    public static SqliteConnection OpenWriter(string directory) => SqliteConnection.Open(new SqliteOpenOptions
    {
        Path = PathIn(directory),
        Synchronous = SqliteSynchronous.Normal,
        PageBytes = PageBytes,
        CheckpointPages = CheckpointPages,
        CacheKibibytes = WriterCacheKibibytes,
    });

    public static SqliteConnection OpenReader(string directory, int cacheKibibytes) =>
        SqliteConnection.Open(new SqliteOpenOptions
        {
            Path = PathIn(directory),
            ReadOnly = true,
            CacheKibibytes = cacheKibibytes,
            MapBytesMax = MapBytesMax,
        });

    public static void Create(SqliteConnection connection, string feedName)
    {
        using var transaction = connection.BeginTransaction();
        connection.ExecuteScript(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE VIRTUAL TABLE terms USING fts5({string.Join(", ", FtsColumns.Names)},
                content='', columnsize=0, tokenize='ascii');
            CREATE VIRTUAL TABLE vocabulary USING fts5vocab('terms', 'row');
            INSERT INTO terms(terms, rank) VALUES('pgsz', 8000);
            INSERT INTO terms(terms, rank) VALUES('automerge', 8);
            INSERT INTO terms(terms, rank) VALUES('hashsize', {TermBufferBytes});
            CREATE TABLE rows(row INTEGER PRIMARY KEY, attributes BLOB NOT NULL) STRICT;
            CREATE TABLE access(number INTEGER PRIMARY KEY, users BLOB NOT NULL) STRICT;
            CREATE TABLE state(id INTEGER PRIMARY KEY CHECK (id = 1), feed TEXT NOT NULL,
                txn INTEGER NOT NULL, sequence INTEGER NOT NULL, version INTEGER NOT NULL, row_max INTEGER NOT NULL) STRICT;
            PRAGMA user_version = {FormatVersion};
            """));
        using (var insert = connection.Prepare("INSERT INTO state VALUES (1, ?1, 0, 0, 0, 0)"))
        {
            insert.BindText(1, feedName);
            insert.Execute();
        }

        transaction.Commit();
    }

    /// <summary>The state, or null when the file is empty or of another format.</summary>
    public static IndexState? ReadState(SqliteConnection connection)
    {
        using (var version = connection.Prepare("PRAGMA user_version"))
        {
            if (!version.Step() || version.Int64(0) != FormatVersion)
                return null;
        }

        using var statement = connection.Prepare("SELECT feed, txn, sequence, version, row_max FROM state");
        return statement.Step()
            ? new IndexState(statement.Text(0), new FeedPosition(statement.Int64(1), statement.Int64(2)),
                (int)statement.Int64(3), (int)statement.Int64(4))
            : null;
    }

    public static void WriteState(SqliteConnection connection, IndexState state)
    {
        using var update = connection.Prepare("UPDATE state SET txn = ?1, sequence = ?2, version = ?3, row_max = ?4");
        update.Bind(1, state.Position.Transaction);
        update.Bind(2, state.Position.Sequence);
        update.Bind(3, (long)state.Commit);
        update.Bind(4, (long)state.RowMax);
        update.Execute();
    }

    /// <summary>True for an error that only a new file cures.</summary>
    public static bool IsDamage(SqliteException e) => e.ResultCode is 11 or 26;
}

/// <summary>What an index file knows of itself.</summary>
/// <param name="Feed">The feed that it follows.</param>
/// <param name="Position">How far it has got.</param>
/// <param name="Commit">Counts its commits.</param>
/// <param name="RowMax">The last row that was given out.</param>
internal sealed record IndexState(string Feed, FeedPosition Position, int Commit, int RowMax);

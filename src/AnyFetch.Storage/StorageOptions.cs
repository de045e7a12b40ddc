using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Storage;

/// <summary>Which database keeps the records.</summary>
public enum StorageType
{
    /// <summary>One SQLite file in the data directory, for one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or newer, for any number of nodes.</summary>
    PostgreSql,
}

/// <summary>Where and how AnyFetch stores (configuration section <c>Store</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Store";

    /// <summary>The database. Default: SQLite.</summary>
    public StorageType Type { get; set; }

    /// <summary>The directory of the SQLite file and of uploaded files. Default: <c>data</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataDirectory { get; set; } = "data";

    /// <summary>PostgreSQL's connection string, as Npgsql reads it. Needed with PostgreSql only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Writes that may wait for the writer before callers have to wait to enter. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int WriteQueueMax { get; set; } = 10_000;

    /// <summary>Writes that share one transaction at most. Default: 500.</summary>
    [Range(1, 10_000)]
    public int BatchOperationsMax { get; set; } = 500;

    /// <summary>Reading connections to SQLite. Default: 16.</summary>
    [Range(1, 256)]
    public int ReadersMax { get; set; } = 16;

    /// <summary>Connections that write to PostgreSQL. Default: 4.</summary>
    [Range(1, 64)]
    public int WriterLanes { get; set; } = 4;

    /// <summary>Page cache of each SQLite connection, in KiB. Default: 16,384.</summary>
    [Range(256, 4_194_304)]
    public int CacheKibibytes { get; set; } = 16_384;

    /// <summary>Page size of a new SQLite file, in bytes: a power of two. Default: 4,096.</summary>
    [AllowedValues(512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536)]
    public int PageBytes { get; set; } = 4_096;

    /// <summary>Pages that SQLite's write-ahead log gathers before they are moved. Default: 4,000.</summary>
    [Range(100, 1_000_000)]
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>
    /// Bytes of documents that one reading of the feed holds in memory: the reading ends with the document that goes
    /// beyond. Default: 16,777,216.
    /// </summary>
    [Range(1_024, 1_073_741_824)]
    public int FeedReadBytesMax { get; set; } = 16_777_216;

    /// <summary>How often waiters look for other nodes' changes by themselves, in seconds. Default: 5.</summary>
    [Range(1, 60)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>How long a file that no document holds is kept, in minutes. Default: 10.</summary>
    [Range(1, 10_080)]
    public int FileGraceMinutes { get; set; } = 10;

    /// <summary>How long given-up jobs are kept, in days. Default: 30.</summary>
    [Range(1, 3_650)]
    public int DeadJobDays { get; set; } = 30;

    /// <summary>
    /// How long deletions are remembered, in days. A search node that was away for longer builds its indexes again.
    /// Default: 30.
    /// </summary>
    [Range(1, 3_650)]
    public int TombstoneDays { get; set; } = 30;

    /// <summary>How often what is too old is removed, in minutes. Default: 60.</summary>
    [Range(1, 10_080)]
    public int CleanUpMinutes { get; set; } = 60;

    /// <summary>Rows that one transaction of the clean-up removes at most. Default: 500.</summary>
    [Range(1, 10_000)]
    public int CleanUpRowsMax { get; set; } = 500;

    /// <summary>Throws one sentence for each wrong value.</summary>
    /// <exception cref="ValidationException">A value is missing or out of its range.</exception>
    public void Validate()
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true);
        var sentences = faults.Select(fault => $"{Section}:{fault.MemberNames.First()}: {fault.ErrorMessage}").ToList();
        if (Type == StorageType.PostgreSql && string.IsNullOrWhiteSpace(ConnectionString))
        {
            sentences.Add($"{Section}:{nameof(ConnectionString)}: PostgreSql needs a connection string, "
                + "such as Host=localhost;Database=anyfetch;Username=anyfetch.");
        }

        if (sentences.Count > 0)
        {
            throw new ValidationException(string.Join(Environment.NewLine, sentences));
        }
    }
}

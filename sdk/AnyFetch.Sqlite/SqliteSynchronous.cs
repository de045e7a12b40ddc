namespace AnyFetch.Sqlite;

/// <summary>When SQLite waits for the disk (https://sqlite.org/pragma.html#pragma_synchronous).</summary>
public enum SqliteSynchronous
{
    /// <summary>Never. A power cut may damage the file; for data that can be rebuilt.</summary>
    Off = 0,

    /// <summary>At checkpoints. With WAL a power cut may lose the last transactions but never damages the file.</summary>
    Normal = 1,

    /// <summary>At every commit: what was committed is durable.</summary>
    Full = 2,
}

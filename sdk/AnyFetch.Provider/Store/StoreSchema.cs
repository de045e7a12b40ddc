namespace AnyFetch.Provider.Store;

/// <summary>The tables of one provider's store. Times are milliseconds since 1970.</summary>
internal static class StoreSchema
{
    /// <summary>Each brings a store from its place in this list to the next version.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [First, Moves, CompleteItems, Subscriptions, Questions, Junk];

    /// <summary>Content versions and moves; a schedule per account.</summary>
    private const string Moves = """
        ALTER TABLE ledger ADD COLUMN content TEXT;
        CREATE INDEX ledger_source ON ledger (account, source_id) WHERE source_id IS NOT NULL;
        ALTER TABLE queue ADD COLUMN content TEXT;
        ALTER TABLE queue ADD COLUMN patch_of TEXT;
        CREATE INDEX queue_patch ON queue (account, patch_of) WHERE patch_of IS NOT NULL;
        ALTER TABLE accounts ADD COLUMN schedule TEXT;
        ALTER TABLE accounts ADD COLUMN next_run INTEGER;
        ALTER TABLE accounts ADD COLUMN last_full INTEGER;
        """;

    /// <summary>Items that need no fetcher.</summary>
    private const string CompleteItems = "ALTER TABLE queue ADD COLUMN is_complete INTEGER NOT NULL DEFAULT 0;";

    /// <summary>What accounts are subscribed to at their source, sealed.</summary>
    private const string Subscriptions = "ALTER TABLE accounts ADD COLUMN subscription BLOB;";

    /// <summary>How many items a listing missed that waits for a person's word, as the last runs told it.</summary>
    private const string Questions = """
        ALTER TABLE accounts ADD COLUMN prune_blocked INTEGER;
        UPDATE accounts SET prune_blocked = (
            SELECT json_extract(report, '$.prune_blocked') FROM runs
            WHERE runs.account = accounts.id
                AND (json_extract(report, '$.prune_blocked') IS NOT NULL OR json_extract(report, '$.pruned'))
            ORDER BY runs.id DESC LIMIT 1);
        """;

    /// <summary>What the account's company takes for junk, null for the default, and what it took for it when everything was listed last.</summary>
    private const string Junk = """
        ALTER TABLE accounts ADD COLUMN junk_names TEXT;
        ALTER TABLE accounts ADD COLUMN junk_folders TEXT;
        ALTER TABLE accounts ADD COLUMN junk_listed TEXT;
        """;

    private const string First = """
        CREATE TABLE accounts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_hash TEXT NOT NULL UNIQUE,
            token BLOB NOT NULL,
            name TEXT NOT NULL,
            data BLOB NOT NULL,
            cursor TEXT,
            updating_since INTEGER,
            heartbeat INTEGER,
            last_update INTEGER,
            require_refresh INTEGER NOT NULL DEFAULT 0,
            paused_until INTEGER,
            listing INTEGER NOT NULL DEFAULT 0,
            listing_state INTEGER NOT NULL DEFAULT 0,
            run_request TEXT,
            documents_per_update INTEGER,
            last_success INTEGER,
            last_error TEXT,
            created INTEGER NOT NULL
        );
        CREATE TABLE temporary_tokens (
            code_hash TEXT PRIMARY KEY,
            state_hash TEXT NOT NULL UNIQUE,
            secrets BLOB NOT NULL,
            created INTEGER NOT NULL
        );
        CREATE TABLE ledger (
            account INTEGER NOT NULL,
            identifier TEXT NOT NULL,
            source_id TEXT,
            version TEXT,
            listing INTEGER NOT NULL,
            sent INTEGER,
            PRIMARY KEY (account, identifier)
        ) WITHOUT ROWID;
        CREATE TABLE queue (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            account INTEGER NOT NULL,
            identifier TEXT NOT NULL,
            operation INTEGER NOT NULL,
            run INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            version TEXT,
            title TEXT,
            payload TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            postponements INTEGER NOT NULL DEFAULT 0,
            tried_run INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            UNIQUE (account, identifier)
        );
        CREATE INDEX queue_order ON queue (account, operation, not_before, run DESC, rank, sequence);
        CREATE INDEX queue_waiting ON queue (account, not_before) WHERE not_before > 0;
        CREATE TABLE errors (
            account INTEGER NOT NULL,
            identifier TEXT NOT NULL,
            title TEXT,
            stage TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            retryable INTEGER NOT NULL,
            item TEXT,
            PRIMARY KEY (account, identifier)
        ) WITHOUT ROWID;
        CREATE INDEX errors_age ON errors (account, last_seen);
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account INTEGER NOT NULL,
            report TEXT NOT NULL
        );
        CREATE INDEX runs_account ON runs (account, id);
        """;
}

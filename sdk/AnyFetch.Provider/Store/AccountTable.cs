using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>The connected accounts. Tokens are found by their SHA-256; secrets are sealed.</summary>
internal sealed class AccountTable(StoreQueue queue, SecretBox secrets)
{
    private const string Columns = """
        id AS Id, token AS Token, name AS Name, data AS Data, cursor AS Cursor, updating_since AS UpdatingSince,
        heartbeat AS Heartbeat, last_update AS LastUpdate, require_refresh AS RequireRefresh,
        paused_until AS PausedUntil, listing AS Listing, listing_state AS ListingState, run_request AS RunRequest,
        documents_per_update AS DocumentsPerUpdate, last_success AS LastSuccess, last_error AS LastError,
        schedule AS Schedule, next_run AS NextRun, last_full AS LastFull, subscription AS Subscription,
        junk_names AS JunkNames, junk_folders AS JunkFolders, junk_listed AS JunkListed
        """;

    public Task<AccountRow?> FindByTokenAsync(string token, CancellationToken cancellationToken) =>
        FindAsync("token_hash = @key", SecretBox.Hash(token), cancellationToken);

    public Task<AccountRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        FindAsync("id = @key", id, cancellationToken);

    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await queue.RunAsync(
            connection => connection.Query<AccountColumns>($"SELECT {Columns} FROM accounts ORDER BY id").AsList(),
            cancellationToken);
        return [.. rows.Select(Open)];
    }

    /// <summary>Adds an account. Null when the token is taken.</summary>
    public Task<long?> InsertAsync(
        string token, string name, JsonObject data, string? cursor, long now, CancellationToken cancellationToken)
    {
        var row = new
        {
            hash = SecretBox.Hash(token),
            token = secrets.Seal(token),
            name,
            data = secrets.Seal(data.ToJsonString()),
            cursor,
            now,
        };
        return queue.RunAsync(
            connection => connection.QueryFirstOrDefault<long?>(
                """
                INSERT INTO accounts (token_hash, token, name, data, cursor, created)
                VALUES (@hash, @token, @name, @data, @cursor, @now)
                ON CONFLICT (token_hash) DO NOTHING RETURNING id
                """,
                row),
            cancellationToken);
    }

    /// <summary>Replaces name and service data; cursor, ledger and last update stay, and the account may run again.</summary>
    public Task RenewAsync(long id, string name, JsonObject data, CancellationToken cancellationToken)
    {
        var row = new { id, name, data = secrets.Seal(data.ToJsonString()) };
        return queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    UPDATE accounts SET name = @name, data = @data, require_refresh = 0, updating_since = NULL,
                        heartbeat = NULL, run_request = NULL, paused_until = NULL WHERE id = @id
                    """,
                    row);
            },
            cancellationToken);
    }

    public Task SaveDataAsync(long id, JsonObject data, CancellationToken cancellationToken)
    {
        var row = new { id, data = secrets.Seal(data.ToJsonString()) };
        return ExecuteAsync("UPDATE accounts SET data = @data WHERE id = @id", row, cancellationToken);
    }

    /// <summary>Replaces what an account is subscribed to at its source; null when it is not.</summary>
    public Task SaveSubscriptionAsync(long id, Subscription? subscription, CancellationToken cancellationToken)
    {
        var sealedText = subscription is null
            ? null
            : secrets.Seal(JsonSerializer.Serialize(subscription, ProviderJson.Default.Subscription));
        return ExecuteAsync(
            "UPDATE accounts SET subscription = @sealedText WHERE id = @id", new { id, sealedText }, cancellationToken);
    }

    /// <summary>Takes the lock for a run and remembers the request, so that a restart finds it.</summary>
    public Task LockAsync(long id, RunRequest request, long now, CancellationToken cancellationToken)
    {
        var row = new
        {
            id,
            now,
            cap = request.DocumentsPerUpdate,
            request = JsonSerializer.Serialize(request, ProviderJson.Default.RunRequest),
        };
        return ExecuteAsync(
            """
            UPDATE accounts SET updating_since = @now, heartbeat = @now, last_update = @now, run_request = @request,
                documents_per_update = @cap WHERE id = @id
            """,
            row,
            cancellationToken);
    }

    public Task HeartbeatAsync(long id, long now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE accounts SET heartbeat = @now WHERE id = @id AND updating_since IS NOT NULL",
            new { id, now },
            cancellationToken);

    public Task PauseAsync(long id, long until, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE accounts SET paused_until = @until WHERE id = @id", new { id, until }, cancellationToken);

    /// <summary>
    /// Releases the lock that a run took at <paramref name="since"/>, with what the run came to. The lock of a later run stays:
    /// a run that does not stop in time ends after the next one began.
    /// </summary>
    public Task UnlockAsync(
        long id, long since, long? success, string? error, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            UPDATE accounts SET updating_since = NULL, heartbeat = NULL, run_request = NULL, paused_until = NULL,
                last_success = COALESCE(@success, last_success), last_error = @error
            WHERE id = @id AND COALESCE(updating_since, @since) = @since
            """,
            new { id, since, success, error },
            cancellationToken);

    /// <summary>Says when the provider itself updates the account next, unless it has another schedule meanwhile.</summary>
    public Task PlanAsync(long id, AccountSchedule schedule, long? nextRun, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                var stored = connection.QueryFirstOrDefault<string?>("SELECT schedule FROM accounts WHERE id = @id", new { id });
                if (AccountSchedule.Parse(stored) == schedule)
                {
                    connection.Execute("UPDATE accounts SET next_run = @nextRun WHERE id = @id", new { id, nextRun });
                }
            },
            cancellationToken);

    /// <summary>Remembers that everything was listed.</summary>
    public Task ListedFullyAsync(long id, long now, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE accounts SET last_full = @now WHERE id = @id", new { id, now }, cancellationToken);

    /// <summary>Replaces an account's schedule; the next run is planned anew.</summary>
    public Task SaveScheduleAsync(long id, AccountSchedule schedule, CancellationToken cancellationToken)
    {
        var row = new { id, schedule = schedule.ToJson() };
        return ExecuteAsync(
            "UPDATE accounts SET schedule = @schedule, next_run = NULL WHERE id = @id", row, cancellationToken);
    }

    public Task RequireRefreshAsync(long id, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE accounts SET require_refresh = 1 WHERE id = @id", new { id }, cancellationToken);

    /// <summary>Replaces what the account's company takes for junk.</summary>
    public Task SaveJunkAsync(long id, JunkList junk, CancellationToken cancellationToken)
    {
        var row = new { id, files = JunkList.Format(junk.Files), folders = JunkList.Format(junk.Folders) };
        return ExecuteAsync(
            "UPDATE accounts SET junk_names = @files, junk_folders = @folders WHERE id = @id", row, cancellationToken);
    }

    /// <summary>
    /// Begins a listing: a new number unless the interrupted one can go on from its checkpoint. One of everything remembers by which
    /// list it left junk out.
    /// </summary>
    public Task<long> BeginListingAsync(long id, bool fromScratch, string junk, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                """
                UPDATE accounts SET
                    cursor = CASE WHEN @fromScratch THEN NULL ELSE cursor END,
                    listing = CASE WHEN @fromScratch OR listing_state <> 2 THEN listing + 1 ELSE listing END,
                    listing_state = CASE WHEN @fromScratch OR cursor IS NULL THEN 1 WHEN listing_state = 2 THEN 2
                        ELSE 0 END,
                    junk_listed = CASE WHEN @fromScratch OR cursor IS NULL THEN @junk ELSE junk_listed END
                WHERE id = @id RETURNING listing
                """,
                new { id, fromScratch, junk }),
            cancellationToken);

    /// <summary>How many items the last listing of everything missed, when that was too many to delete them unasked.</summary>
    public Task<long?> FindPruneBlockedAsync(long id, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.QueryFirstOrDefault<long?>(
                "SELECT prune_blocked FROM accounts WHERE id = @id", new { id }),
            cancellationToken);

    /// <summary>Forgets what was sent, not what is known: the next run lists and sends everything, and can still prune.</summary>
    public Task ResetAsync(long id, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            UPDATE accounts SET cursor = NULL, updating_since = NULL, heartbeat = NULL, last_update = NULL,
                last_success = NULL, run_request = NULL, paused_until = NULL, listing_state = 0 WHERE id = @id;
            UPDATE ledger SET version = NULL, content = NULL WHERE account = @id;
            DELETE FROM queue WHERE account = @id AND operation = 1;
            """,
            new { id },
            cancellationToken);

    public Task DeleteAsync(long id, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            DELETE FROM accounts WHERE id = @id;
            DELETE FROM ledger WHERE account = @id;
            DELETE FROM queue WHERE account = @id;
            DELETE FROM errors WHERE account = @id;
            DELETE FROM runs WHERE account = @id;
            """,
            new { id },
            cancellationToken);

    private Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        queue.RunAsync(connection => { connection.Execute(sql, parameters); }, cancellationToken);

    private async Task<AccountRow?> FindAsync(string condition, object key, CancellationToken cancellationToken)
    {
        var row = await queue.RunAsync(
            connection => connection.QueryFirstOrDefault<AccountColumns>(
                $"SELECT {Columns} FROM accounts WHERE {condition}", new { key }),
            cancellationToken);
        return row is null ? null : Open(row);
    }

    private AccountRow Open(AccountColumns row)
    {
        var readable = secrets.TryOpen(row.Token, out var token);
        readable &= secrets.TryOpen(row.Data, out var data);
        return new AccountRow
        {
            Id = row.Id,
            Token = token,
            Name = row.Name,
            Data = readable ? JsonNode.Parse(data!)!.AsObject() : [],
            Cursor = row.Cursor,
            UpdatingSince = row.UpdatingSince,
            Heartbeat = row.Heartbeat,
            LastUpdate = row.LastUpdate,
            RequireRefresh = row.RequireRefresh != 0 || !readable,
            PausedUntil = row.PausedUntil,
            Listing = row.Listing,
            ListingState = (ListingState)row.ListingState,
            RunRequest = row.RunRequest is null
                ? null
                : JsonSerializer.Deserialize(row.RunRequest, ProviderJson.Default.RunRequest),
            DocumentsPerUpdate = (int?)row.DocumentsPerUpdate,
            Junk = new JunkList(JunkList.Parse(row.JunkNames), JunkList.Parse(row.JunkFolders)),
            JunkListed = row.JunkListed,
            Schedule = AccountSchedule.Parse(row.Schedule),
            NextRun = row.NextRun,
            LastFull = row.LastFull,
            Subscription = row.Subscription is { } box && secrets.TryOpen(box, out var subscription)
                ? JsonSerializer.Deserialize(subscription, ProviderJson.Default.Subscription)
                : null,
            LastSuccess = row.LastSuccess,
            LastError = row.LastError,
        };
    }
}

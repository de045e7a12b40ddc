using System.Text.Json;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>Connections under way, found by the state or the code, all of it sealed.</summary>
internal sealed class TemporaryTokenTable(StoreQueue queue, SecretBox secrets)
{
    /// <summary>Stores one; an earlier one with the same code goes, and so do all that are too old.</summary>
    public Task PutAsync(
        string state, TemporaryToken token, long now, long oldest, CancellationToken cancellationToken)
    {
        var row = new
        {
            code = SecretBox.Hash(token.Code),
            state = SecretBox.Hash(state),
            box = secrets.Seal(JsonSerializer.Serialize(token, ProviderJson.Default.TemporaryToken)),
            now,
            oldest,
        };
        return queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    DELETE FROM temporary_tokens WHERE code_hash = @code OR created < @oldest;
                    INSERT INTO temporary_tokens (code_hash, state_hash, secrets, created)
                    VALUES (@code, @state, @box, @now);
                    """,
                    row);
            },
            cancellationToken);
    }

    /// <summary>Keeps a one-time code that stands for an AnyFetch token while its account is renewed.</summary>
    public Task PutRenewalAsync(string code, string token, long now, long oldest, CancellationToken cancellationToken)
    {
        var renewal = new TemporaryToken
        {
            Code = token, IsRenewal = true, ReturnTo = null, CodeVerifier = "", PreData = null,
        };
        var row = new
        {
            code = SecretBox.Hash(code),
            state = SecretBox.Hash("renewal " + code),
            box = secrets.Seal(JsonSerializer.Serialize(renewal, ProviderJson.Default.TemporaryToken)),
            now,
            oldest,
        };
        return queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    DELETE FROM temporary_tokens WHERE created < @oldest;
                    INSERT INTO temporary_tokens (code_hash, state_hash, secrets, created)
                    VALUES (@code, @state, @box, @now);
                    """,
                    row);
            },
            cancellationToken);
    }

    /// <summary>The AnyFetch token that a renewal's code stands for, once; null when unknown, used or too old.</summary>
    public async Task<string?> TakeRenewalAsync(string code, long oldest, CancellationToken cancellationToken)
    {
        var box = await queue.RunAsync(
            connection => connection.QueryFirstOrDefault<byte[]>(
                """
                DELETE FROM temporary_tokens WHERE code_hash = @code AND state_hash = @state AND created >= @oldest
                RETURNING secrets
                """,
                new { code = SecretBox.Hash(code), state = SecretBox.Hash("renewal " + code), oldest }),
            cancellationToken);
        return box is not null && secrets.TryOpen(box, out var json)
            ? JsonSerializer.Deserialize(json, ProviderJson.Default.TemporaryToken)!.Code
            : null;
    }

    /// <summary>The one with this state; null when unknown, used or too old.</summary>
    public async Task<TemporaryToken?> FindAsync(string state, long oldest, CancellationToken cancellationToken)
    {
        var box = await queue.RunAsync(
            connection => connection.QueryFirstOrDefault<byte[]>(
                "SELECT secrets FROM temporary_tokens WHERE state_hash = @state AND created >= @oldest",
                new { state = SecretBox.Hash(state), oldest }),
            cancellationToken);
        return box is not null && secrets.TryOpen(box, out var json)
            ? JsonSerializer.Deserialize(json, ProviderJson.Default.TemporaryToken)
            : null;
    }

    /// <summary>Removes it: states work once. False when another request was faster.</summary>
    public Task<bool> RemoveAsync(string state, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.Execute(
                "DELETE FROM temporary_tokens WHERE state_hash = @state", new { state = SecretBox.Hash(state) }) == 1,
            cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM temporary_tokens"), cancellationToken);
}

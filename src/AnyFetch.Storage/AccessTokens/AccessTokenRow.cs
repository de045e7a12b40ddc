using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.AccessTokens;

/// <summary>An access token as a row of <c>access_tokens</c>.</summary>
internal static class AccessTokenRow
{
    public const string Columns =
        "id, user_id, company, client, is_basic, scopes, account_name, created_at, last_used, require_refresh, "
        + "providing_since";

    private const string AddSql =
        $"INSERT INTO access_tokens ({Columns}, secret_hash, protected_secret) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";

    /// <summary>False when the id, the secret or the user's place for a basic token is taken.</summary>
    public static bool Add(
        ISqlSession session,
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        string? protectedSecret) =>
        session.Execute(
            AddSql,
            [
                token.Id,
                token.User,
                token.Company,
                token.Client,
                token.IsBasicToken,
                (int)token.Scopes,
                token.AccountName,
                token.CreatedAt,
                token.LastUsed,
                token.RequireRefresh,
                token.ProvidingSince,
                secretHash,
                protectedSecret,
            ]) == 1;

    public static AccessToken Read(ISqlRow row) => new()
    {
        Id = new AccessTokenId(row.Id(0)),
        User = new UserId(row.Id(1)),
        Company = new CompanyId(row.Id(2)),
        Client = row.IdOrNull(3) is { } client ? new ClientId(client) : null,
        IsBasicToken = row.Flag(4),
        Scopes = (Scopes)row.Number(5),
        AccountName = row.Text(6),
        CreatedAt = row.Time(7),
        LastUsed = row.Time(8),
        RequireRefresh = row.Flag(9),
        ProvidingSince = row.TimeOrNull(10),
    };
}

using System.Security.Cryptography;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Clients;

/// <inheritdoc/>
internal sealed class ClientStore(IDatabase database) : IClientStore
{
    private const string Columns =
        "id, name, description, redirect_uri, provider_url, is_oauth_app, scopes, is_trusted, is_featured, developer, "
        + "is_public";

    private const string FindSql = $"SELECT {Columns} FROM clients WHERE id = $1";
    private const string ListSql = $"SELECT {Columns} FROM clients ORDER BY id";

    private const string PutSql =
        $"INSERT INTO clients ({Columns}, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
        + "ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, "
        + "redirect_uri = excluded.redirect_uri, provider_url = excluded.provider_url, "
        + "is_oauth_app = excluded.is_oauth_app, scopes = excluded.scopes, is_trusted = excluded.is_trusted, "
        + "is_featured = excluded.is_featured, developer = excluded.developer, "
        + "is_public = excluded.is_public, "
        + "secret_hash = coalesce(excluded.secret_hash, clients.secret_hash)";

    private const string SecretSql = "SELECT secret_hash FROM clients WHERE id = $1 AND secret_hash IS NOT NULL";

    private const string CodeColumns =
        "code_hash, client, user_id, scopes, redirect_uri, expires_at, replaces, spent_on, code_challenge";

    private const string AddCodeSql =
        $"INSERT INTO authorization_codes ({CodeColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private const string FindCodeSql = $"SELECT {CodeColumns} FROM authorization_codes WHERE code_hash = $1";

    private const string SpendCodeSql =
        "UPDATE authorization_codes SET spent_on = $1 WHERE code_hash = $2 AND spent_on IS NULL";

    private const string RemoveCodeSql = "DELETE FROM authorization_codes WHERE code_hash = $1";

    private const string RemoveExpiredSql = "DELETE FROM authorization_codes WHERE expires_at < $1";

    public ValueTask<Client?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        database.QueryAsync(FindSql, [id], Read, cancellationToken).FirstAsync();

    public ValueTask<IReadOnlyList<Client>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(ListSql, [], Read, cancellationToken).AsReadOnlyAsync();

    public ValueTask PutAsync(
        Client client,
        ReadOnlyMemory<byte>? secretHash,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(
                    PutSql,
                    [
                        client.Id,
                        client.Name,
                        client.Description,
                        client.RedirectUri,
                        client.ProviderUrl,
                        client.IsOAuthApp,
                        (int)client.Scopes,
                        client.IsTrusted,
                        client.IsFeatured,
                        client.Developer,
                        client.IsPublic,
                        secretHash,
                    ]);
            },
            cancellationToken);

    public async ValueTask<bool> VerifySecretAsync(
        ClientId id,
        ReadOnlyMemory<byte> secretHash,
        CancellationToken cancellationToken)
    {
        var stored = await database.QueryAsync(SecretSql, [id], static row => row.Bytes(0), cancellationToken)
            .FirstAsync().ConfigureAwait(false);
        return stored is not null && CryptographicOperations.FixedTimeEquals(stored, secretHash.Span);
    }

    public ValueTask AddCodeAsync(
        ReadOnlyMemory<byte> codeHash,
        AuthorizationCode code,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(
                    AddCodeSql,
                    [
                        codeHash,
                        code.Client,
                        code.User,
                        (int)code.Scopes,
                        code.RedirectUri,
                        code.ExpiresAt,
                        code.Replaces,
                        code.SpentOn,
                        code.CodeChallenge,
                    ]);
            },
            cancellationToken);

    public ValueTask<AuthorizationCode?> FindCodeAsync(
        ReadOnlyMemory<byte> codeHash,
        CancellationToken cancellationToken) =>
        database.QueryAsync(FindCodeSql, [codeHash], ReadCode, cancellationToken).FirstAsync();

    public ValueTask<bool> SpendCodeAsync(
        ReadOnlyMemory<byte> codeHash,
        AccessTokenId token,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute(SpendCodeSql, [token, codeHash]) == 1, cancellationToken);

    public ValueTask RemoveCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute(RemoveCodeSql, [codeHash]); }, cancellationToken);

    public ValueTask RemoveExpiredCodesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute(RemoveExpiredSql, [before]); }, cancellationToken);

    private static Client Read(ISqlRow row) => new()
    {
        Id = new ClientId(row.Id(0)),
        Name = row.Text(1),
        Description = row.Text(2),
        RedirectUri = row.Text(3),
        ProviderUrl = row.TextOrNull(4),
        IsOAuthApp = row.Flag(5),
        Scopes = (Scopes)row.Number(6),
        IsTrusted = row.Flag(7),
        IsFeatured = row.Flag(8),
        Developer = row.IdOrNull(9) is { } user ? new UserId(user) : null,
        IsPublic = row.Flag(10),
    };

    private static AuthorizationCode ReadCode(ISqlRow row) => new()
    {
        Client = new ClientId(row.Id(1)),
        User = new UserId(row.Id(2)),
        Scopes = (Scopes)row.Number(3),
        RedirectUri = row.Text(4),
        ExpiresAt = row.Time(5),
        Replaces = row.IdOrNull(6) is { } replaced ? new AccessTokenId(replaced) : null,
        SpentOn = row.IdOrNull(7) is { } spent ? new AccessTokenId(spent) : null,
        CodeChallenge = row.TextOrNull(8),
    };
}

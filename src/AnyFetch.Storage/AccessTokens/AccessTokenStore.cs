using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.AccessTokens;

/// <inheritdoc/>
internal sealed class AccessTokenStore(IDatabase database, AccessTokenRemoval removal) : IAccessTokenStore
{
    private const string Select = $"SELECT {AccessTokenRow.Columns} FROM access_tokens WHERE is_removed = 0 AND";

    private const string FindBySecretSql = $"{Select} secret_hash = $1";
    private const string FindSql = $"{Select} id = $1";
    private const string ListOfUserSql = $"{Select} user_id = $1 ORDER BY created_at, id";
    private const string ListOfCompanySql = $"{Select} company = $1 ORDER BY created_at, id";

    private const string FindBasicSql =
        $"SELECT {AccessTokenRow.Columns}, protected_secret FROM access_tokens "
        + "WHERE user_id = $1 AND is_basic = 1 AND is_removed = 0";

    private const string ListDocumentsSql = "SELECT id FROM documents WHERE provider = $1";

    private const string MoveDocumentSql =
        "UPDATE documents SET provider = $1, feed_transaction = $2, feed_sequence = $3 WHERE id = $4";

    private const string DeleteSql = "DELETE FROM access_tokens WHERE id = $1 AND is_removed = 0";

    private const string SetAccountNameSql =
        "UPDATE access_tokens SET account_name = $1, require_refresh = 0 WHERE id = $2 AND is_removed = 0";

    private const string SetRequireRefreshSql =
        "UPDATE access_tokens SET require_refresh = $1 WHERE id = $2 AND is_removed = 0";

    private const string SetProvidingSinceSql = "UPDATE access_tokens SET providing_since = $1 WHERE id = $2";

    private const string TouchSql = "UPDATE access_tokens SET last_used = $1 WHERE id = $2 AND last_used < $3";

    public ValueTask<AccessToken?> FindBySecretAsync(
        ReadOnlyMemory<byte> secretHash,
        CancellationToken cancellationToken) =>
        database.QueryAsync(FindBySecretSql, [secretHash], AccessTokenRow.Read, cancellationToken).FirstAsync();

    public ValueTask<AccessToken?> FindAsync(AccessTokenId id, CancellationToken cancellationToken) =>
        database.QueryAsync(FindSql, [id], AccessTokenRow.Read, cancellationToken).FirstAsync();

    public ValueTask<IReadOnlyList<AccessToken>> ListAsync(UserId user, CancellationToken cancellationToken) =>
        database.QueryAsync(ListOfUserSql, [user], AccessTokenRow.Read, cancellationToken).AsReadOnlyAsync();

    public ValueTask<IReadOnlyList<AccessToken>> ListAsync(CompanyId company, CancellationToken cancellationToken) =>
        database.QueryAsync(ListOfCompanySql, [company], AccessTokenRow.Read, cancellationToken).AsReadOnlyAsync();

    public ValueTask AddAsync(
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => Add(session, token, secretHash), cancellationToken);

    public ValueTask<(AccessToken Token, string ProtectedSecret)> GetOrAddBasicAsync(
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        string protectedSecret,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var added = AccessTokenRow.Add(session, token, secretHash, protectedSecret);
                return added
                    ? (token, protectedSecret)
                    : session.Query(FindBasicSql, [token.User], ReadBasic).Single();
            },
            cancellationToken);

    public ValueTask ReplaceAsync(
        AccessTokenId old,
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                Add(session, token, secretHash);
                MoveDocuments(session, old, token.Id);
                session.Execute(DeleteSql, [old]);
            },
            cancellationToken);

    public ValueTask<bool> SetAccountNameAsync(
        AccessTokenId id,
        string accountName,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute(SetAccountNameSql, [accountName, id]) == 1, cancellationToken);

    public ValueTask<bool> SetRequireRefreshAsync(AccessTokenId id, bool value, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute(SetRequireRefreshSql, [value, id]) == 1, cancellationToken);

    public ValueTask SetProvidingSinceAsync(
        AccessTokenId id,
        DateTimeOffset? since,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute(SetProvidingSinceSql, [since, id]); }, cancellationToken);

    public ValueTask TouchAsync(
        IReadOnlyCollection<KeyValuePair<AccessTokenId, DateTimeOffset>> uses,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (var (id, time) in uses)
                {
                    session.Execute(TouchSql, [time, id, time]);
                }
            },
            cancellationToken);

    public ValueTask<bool> RemoveAsync(AccessTokenId id, CancellationToken cancellationToken) =>
        removal.RemoveAsync(id, cancellationToken);

    private static void Add(ISqlSession session, AccessToken token, ReadOnlyMemory<byte> secretHash)
    {
        if (!AccessTokenRow.Add(session, token, secretHash, null))
        {
            throw new InvalidOperationException("The token's id or secret is taken, or the user has a basic token.");
        }
    }

    private static void MoveDocuments(ISqlSession session, AccessTokenId from, AccessTokenId to)
    {
        var documents = session.Query(ListDocumentsSql, [from], static row => new DocumentId(row.Id(0)));
        foreach (var id in documents)
        {
            var position = session.NextPosition();
            session.Execute(MoveDocumentSql, [to, position.Transaction, position.Sequence, id]);
        }
    }

    private static (AccessToken Token, string ProtectedSecret) ReadBasic(ISqlRow row) =>
        (AccessTokenRow.Read(row), row.Text(11));
}

using AnyFetch.Core.AccessTokens;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Documents;
using AnyFetch.Storage.Pages;

namespace AnyFetch.Storage.AccessTokens;

/// <summary>
/// Removes tokens together with their documents. Up to a batch of documents goes in one transaction with the token;
/// of more, the token is gone at once and the documents follow in bounded transactions, resumed after a crash.
/// </summary>
internal sealed class AccessTokenRemoval(IDatabase database, DocumentRemoval documents)
{
    private const string HideSql = "UPDATE access_tokens SET is_removed = 1 WHERE id = $1 AND is_removed = 0";

    private const string DeleteSql = "DELETE FROM access_tokens WHERE id = $1";

    private const string ListHiddenSql = "SELECT id FROM access_tokens WHERE is_removed = 1";

    /// <summary>False when there is no such token.</summary>
    public async ValueTask<bool> RemoveAsync(AccessTokenId id, CancellationToken cancellationToken)
    {
        var step = await database.WriteAsync(session => Hide(session, id), cancellationToken).ConfigureAwait(false);
        while (step == Step.More)
        {
            step = await database.WriteAsync(session => RemoveBatch(session, id), cancellationToken)
                .ConfigureAwait(false);
        }

        return step == Step.Done;
    }

    /// <summary>Ends the removals that a crash interrupted.</summary>
    public async ValueTask ResumeAsync(CancellationToken cancellationToken)
    {
        var hidden = await database.QueryAsync(
            ListHiddenSql,
            [],
            static row => new AccessTokenId(row.Id(0)),
            cancellationToken).ConfigureAwait(false);
        foreach (var id in hidden)
        {
            while (await database.WriteAsync(session => RemoveBatch(session, id), cancellationToken)
                .ConfigureAwait(false) == Step.More)
            {
            }
        }
    }

    private Step Hide(ISqlSession session, AccessTokenId id) =>
        session.Execute(HideSql, [id]) == 0 ? Step.Unknown : RemoveBatch(session, id);

    private Step RemoveBatch(ISqlSession session, AccessTokenId id)
    {
        if (!documents.RemoveBatch(session, id))
        {
            return Step.More;
        }

        PageRows.Forget(session, id);
        session.Execute(DeleteSql, [id]);
        return Step.Done;
    }

    private enum Step
    {
        Unknown,
        More,
        Done,
    }
}

using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Files;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Files;

namespace AnyFetch.Storage.Documents;

/// <summary>Takes documents out of the store: the row goes, the feed gets a deletion, the file is let go.</summary>
internal sealed class DocumentRemoval(FileRelease files, TimeProvider timeProvider)
{
    /// <summary>Documents that one transaction removes at most, so that other writers do not wait long.</summary>
    public const int BatchMax = 500;

    private const string DeleteSql = "DELETE FROM documents WHERE id = $1";

    private const string AddTombstoneSql =
        "INSERT INTO tombstones (company, id, feed_transaction, feed_sequence, deleted_at) VALUES ($1, $2, $3, $4, $5) "
        + "ON CONFLICT (company, id) DO UPDATE SET feed_transaction = excluded.feed_transaction, "
        + "feed_sequence = excluded.feed_sequence, deleted_at = excluded.deleted_at";

    private const string ListOfProviderSql =
        "SELECT company, id, file_hash FROM documents WHERE provider = $1 ORDER BY identifier_key LIMIT $2";

    private const string ListOfCompanySql =
        "SELECT company, id, file_hash FROM documents WHERE company = $1 "
        + "ORDER BY feed_transaction, feed_sequence LIMIT $2";

    public void Remove(ISqlSession session, CompanyId company, DocumentId id, FileHash? file)
    {
        // Another node may have been faster, and then the deletion stands in the feed already.
        if (session.Execute(DeleteSql, [id]) == 0)
        {
            return;
        }

        var position = session.NextPosition();
        session.Execute(
            AddTombstoneSql,
            [company, id, position.Transaction, position.Sequence, timeProvider.GetUtcNow()]);
        if (file is { } hash)
        {
            files.Release(session, company, hash);
        }
    }

    /// <summary>Removes a batch of a provider's documents; true when none is left.</summary>
    public bool RemoveBatch(ISqlSession session, AccessTokenId provider) =>
        RemoveAll(session, session.Query(ListOfProviderSql, [provider, BatchMax], ReadRow));

    /// <summary>Removes a batch of a company's documents; true when none is left.</summary>
    public bool RemoveBatch(ISqlSession session, CompanyId company) =>
        RemoveAll(session, session.Query(ListOfCompanySql, [company, BatchMax], ReadRow));

    private bool RemoveAll(ISqlSession session, List<(CompanyId Company, DocumentId Id, FileHash? File)> rows)
    {
        foreach (var (company, id, file) in rows)
        {
            Remove(session, company, id, file);
        }

        return rows.Count < BatchMax;
    }

    private static (CompanyId Company, DocumentId Id, FileHash? File) ReadRow(ISqlRow row) => (
        new CompanyId(row.Id(0)),
        new DocumentId(row.Id(1)),
        row.BytesOrNull(2) is { } digest ? FileHash.FromDigest(digest) : null);
}

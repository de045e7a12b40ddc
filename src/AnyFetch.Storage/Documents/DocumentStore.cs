using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Files;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Files;
using AnyFetch.Storage.Queue;

namespace AnyFetch.Storage.Documents;

/// <inheritdoc/>
internal sealed class DocumentStore(
    IDatabase database,
    DocumentRemoval removal,
    FileRelease files,
    TimeProvider timeProvider) : IDocumentStore
{
    /// <summary>How often a change is decided again because another node created the same document meanwhile.</summary>
    private const int ConflictsMax = 5;

    // One index answers each of these whatever the planner thinks of the table; the company is compared afterwards.
    private const string ByIdSql = $"SELECT {DocumentRow.Columns} FROM documents WHERE id = $1";

    private const string ByIdentifierSql =
        $"SELECT {DocumentRow.Columns} FROM documents WHERE provider = $1 AND identifier_key = $2 AND company = $3";

    private const string AccessSql = "SELECT id, company, user_access FROM documents WHERE id = $1";

    private const string ResolveSql =
        "SELECT identifier_key, identifier_long, id FROM documents "
        + "WHERE provider = $1 AND identifier_key = $2 AND company = $3";

    private const string IsFileHeldSql =
        "SELECT 1 FROM documents WHERE company = $1 AND file_hash = $2 AND file_hash IS NOT NULL LIMIT 1";

    private const string RemoveTombstoneSql = "DELETE FROM tombstones WHERE company = $1 AND id = $2";

    private readonly string _byIdForUpdateSql = ByIdSql + database.Dialect.ForUpdate;
    private readonly string _byIdentifierForUpdateSql = ByIdentifierSql + database.Dialect.ForUpdate;

    public ValueTask<T> ChangeAsync<T>(
        DocumentKey key,
        Func<Document?, DocumentDecision<T>> decide,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => Change(session, key, decide), key.GetHashCode(), cancellationToken);

    public async ValueTask<Document?> FindAsync(DocumentKey key, CancellationToken cancellationToken) => OfCompany(
        key.Company,
        await (key.Id is { } id
            ? database.QueryAsync(ByIdSql, [id], DocumentRow.Read, cancellationToken)
            : database.QueryAsync(
                ByIdentifierSql,
                [key.Provider, IdentifierKey.Of(key.Identifier), key.Company],
                DocumentRow.Read,
                cancellationToken)).FirstAsync().ConfigureAwait(false));

    public async ValueTask<IReadOnlyList<Document>> FindManyAsync(
        CompanyId company,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken)
    {
        var found = await database.QueryEachAsync(
            ByIdSql,
            [.. ids.Select(id => (SqlValue[])[id])],
            DocumentRow.Read,
            cancellationToken).ConfigureAwait(false);
        found.RemoveAll(document => document.Company != company);
        return found;
    }

    public async ValueTask<IReadOnlySet<DocumentId>> FindVisibleAsync(
        CompanyId company,
        UserId viewer,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken)
    {
        var rows = await database.QueryEachAsync(
            AccessSql,
            [.. ids.Select(id => (SqlValue[])[id])],
            static row => (
                Id: new DocumentId(row.Id(0)),
                Company: new CompanyId(row.Id(1)),
                Users: ListCodec.ReadUsers(row.BytesOrNull(2))),
            cancellationToken).ConfigureAwait(false);
        return rows.Where(r => r.Company == company && r.Users?.Contains(viewer) != false).Select(r => r.Id).ToHashSet();
    }

    public async ValueTask<IReadOnlyDictionary<Identifier, DocumentId>> ResolveAsync(
        CompanyId company,
        AccessTokenId provider,
        IReadOnlyCollection<Identifier> identifiers,
        CancellationToken cancellationToken)
    {
        var rows = await database.QueryEachAsync(
            ResolveSql,
            [.. identifiers.Select(identifier => (SqlValue[])[provider, IdentifierKey.Of(identifier), company])],
            static row => (IdentifierKey.Read(row.Bytes(0), row.TextOrNull(1)), new DocumentId(row.Id(2))),
            cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<Identifier, DocumentId>(rows.Count);
        foreach (var (identifier, id) in rows)
        {
            found[identifier] = id;
        }

        return found;
    }

    public async ValueTask<bool> IsFileHeldAsync(
        CompanyId company,
        FileHash file,
        CancellationToken cancellationToken) =>
        await database.QueryAsync(IsFileHeldSql, [company, file], static row => row.Number(0), cancellationToken)
            .NumberAsync().ConfigureAwait(false) == 1;

    /// <summary>A change within a transaction that has more to do.</summary>
    internal T Change<T>(ISqlSession session, DocumentKey key, Func<Document?, DocumentDecision<T>> decide)
    {
        for (var attempt = 0; attempt < ConflictsMax; attempt++)
        {
            var stored = FindForUpdate(session, key);
            var decision = decide(stored);
            if (TryApply(session, key, stored, decision))
            {
                return decision.Result;
            }

            // Its own id is no reason to try again: the identifier that it was to take belongs to another document.
            if (stored is not null)
            {
                return decision.IdentifierTaken is { } refusal
                    ? refusal()
                    : throw new InvalidOperationException("The document's new identifier belongs to another document.");
            }
        }

        throw new InvalidOperationException("The document's id belongs to another document.");
    }

    /// <summary>The document as it stays until the transaction ends.</summary>
    internal Document? FindForUpdate(ISqlSession session, DocumentKey key) => OfCompany(
        key.Company,
        key.Id is { } id
            ? session.First(_byIdForUpdateSql, [id], DocumentRow.Read)
            : session.First(
                _byIdentifierForUpdateSql,
                [key.Provider, IdentifierKey.Of(key.Identifier), key.Company],
                DocumentRow.Read));

    private static Document? OfCompany(CompanyId company, Document? document) =>
        document is not null && document.Company == company ? document : null;

    /// <summary>False when the identifier was taken since <paramref name="stored"/> was read; then nothing is done.</summary>
    internal bool TryApply<T>(ISqlSession session, DocumentKey key, Document? stored, in DocumentDecision<T> decision)
    {
        if (!TryApply(session, key, stored, decision.Effect, decision.Document))
        {
            return false;
        }

        ChangeJobs(session, decision);
        return true;
    }

    private bool TryApply(
        ISqlSession session,
        DocumentKey key,
        Document? stored,
        DocumentEffect effect,
        Document? document)
    {
        switch (effect)
        {
            case DocumentEffect.Put when stored is null:
                return TryInsert(session, key, Checked(key, stored, document));
            case DocumentEffect.Put:
                return TryUpdate(session, stored, Checked(key, stored, document));
            case DocumentEffect.Delete when stored is not null:
                removal.Remove(session, stored.Company, stored.Id, stored.File?.Hash);
                return true;
            default:
                return true;
        }
    }

    private static bool TryInsert(ISqlSession session, DocumentKey key, Document document)
    {
        if (key.Id is { } id)
        {
            // It may come back under an id that was deleted, and must not be followed by its old deletion.
            session.Execute(RemoveTombstoneSql, [key.Company, id]);
        }

        return DocumentRow.Insert(session, document, session.NextPosition());
    }

    private bool TryUpdate(ISqlSession session, Document stored, Document document)
    {
        if (stored.Identifier != document.Identifier && !DocumentRow.Rename(session, document))
        {
            return false;
        }

        DocumentRow.Update(session, document, session.NextPosition());
        if (stored.File is { } file && file.Hash != document.File?.Hash)
        {
            files.Release(session, stored.Company, file.Hash);
        }

        return true;
    }

    private void ChangeJobs<T>(ISqlSession session, in DocumentDecision<T> decision)
    {
        foreach (var key in decision.EndedJobs ?? [])
        {
            JobRow.Remove(session, key);
        }

        if (decision.NewJobs is { Count: > 0 } jobs)
        {
            var now = timeProvider.GetUtcNow();
            foreach (var job in jobs)
            {
                JobRow.Add(session, job, now);
            }
        }
    }

    private static Document Checked(DocumentKey key, Document? stored, Document? document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var keeps = document.Company == key.Company
            && (stored is null
                ? key.Id is { } id ? document.Id == id
                    : document.Provider == key.Provider && document.Identifier == key.Identifier
                : stored.Id == document.Id && stored.Provider == document.Provider);
        return keeps
            ? document
            : throw new InvalidOperationException("A document keeps its company, provider and id.");
    }
}

using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Storage.AccessTokens;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Documents;

namespace AnyFetch.Storage.Companies;

/// <inheritdoc/>
internal sealed class CompanyStore(
    IDatabase database,
    AccessTokenRemoval tokens,
    DocumentRemoval documents) : ICompanyStore
{
    private const string Select = $"SELECT {CompanyRow.Columns} FROM companies";
    private const string FindSql = $"{Select} WHERE id = $1";
    private const string ListSql = $"{Select} ORDER BY id";
    private const string ListChildrenSql = $"{Select} WHERE parent = $1 ORDER BY id";

    private const string CountDocumentsSql = "SELECT count(*) FROM documents WHERE company = $1";
    private const string CountUsersSql = "SELECT count(*) FROM users WHERE company = $1";
    private const string CountChildrenSql = "SELECT count(*) FROM companies WHERE parent = $1";

    private const string IsNameTakenSql = "SELECT 1 FROM companies WHERE name = $1 AND id <> $2";

    private const string UpdateSql =
        "UPDATE companies SET name = $1, parent = $2, is_secure = $3, documents_per_update = $4, hydraters = $5, "
        + "last_update = $6, hydration = $7 WHERE id = $8";

    private const string ListTokensSql = "SELECT id FROM access_tokens WHERE company = $1";

    private static readonly string[] s_removals =
    [
        "DELETE FROM users WHERE company = $1",
        "DELETE FROM document_types WHERE owner = $1",
        "DELETE FROM hydraters WHERE owner = $1",
        "DELETE FROM feed_horizons WHERE company = $1",
        "DELETE FROM companies WHERE id = $1",
    ];

    public ValueTask<Company?> FindAsync(CompanyId id, CancellationToken cancellationToken) =>
        database.QueryAsync(FindSql, [id], CompanyRow.Read, cancellationToken).FirstAsync();

    public async ValueTask<IReadOnlyList<Company>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await database.QueryAsync(ListSql, [], CompanyRow.Read, cancellationToken).ConfigureAwait(false);
        var children = all.ToLookup(company => company.Parent);
        var ordered = children[null].ToList();
        for (var index = 0; index < ordered.Count; index++)
        {
            ordered.AddRange(children[ordered[index].Id]);
        }

        return ordered;
    }

    public ValueTask<IReadOnlyList<Company>> ListChildrenAsync(
        CompanyId parent,
        CancellationToken cancellationToken) =>
        database.QueryAsync(ListChildrenSql, [parent], CompanyRow.Read, cancellationToken).AsReadOnlyAsync();

    public async ValueTask<CompanyCounts> CountAsync(CompanyId id, CancellationToken cancellationToken) => new(
        await CountAsync(CountDocumentsSql, id, cancellationToken).ConfigureAwait(false),
        (int)await CountAsync(CountUsersSql, id, cancellationToken).ConfigureAwait(false),
        (int)await CountAsync(CountChildrenSql, id, cancellationToken).ConfigureAwait(false));

    public ValueTask<bool> AddAsync(Company company, CancellationToken cancellationToken) =>
        database.WriteAsync(session => CompanyRow.Add(session, company), cancellationToken);

    public ValueTask<bool> UpdateAsync(Company company, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (session.Number(IsNameTakenSql, [company.Name, company.Id]) is not null)
                {
                    return false;
                }

                session.Execute(
                    UpdateSql,
                    [
                        company.Name,
                        company.Parent,
                        company.IsSecure,
                        company.DocumentsPerUpdate,
                        ListCodec.WriteTexts(company.Hydraters),
                        company.LastUpdate,
                        CompanyHydrationJson.Write(company.Hydration),
                        company.Id,
                    ]);
                return true;
            },
            cancellationToken);

    public async ValueTask ResetAsync(CompanyId id, CancellationToken cancellationToken)
    {
        var ids = await database.QueryAsync(
            ListTokensSql,
            [id],
            static row => new AccessTokenId(row.Id(0)),
            cancellationToken).ConfigureAwait(false);
        foreach (var token in ids)
        {
            await tokens.RemoveAsync(token, cancellationToken).ConfigureAwait(false);
        }

        // Whatever tokens an interrupted removal left behind, their documents are the company's.
        while (!await database.WriteAsync(session => documents.RemoveBatch(session, id), cancellationToken)
            .ConfigureAwait(false))
        {
        }
    }

    public async ValueTask RemoveAsync(CompanyId id, CancellationToken cancellationToken)
    {
        await ResetAsync(id, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            session =>
            {
                foreach (var removal in s_removals)
                {
                    session.Execute(removal, [id]);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<long> CountAsync(string sql, CompanyId id, CancellationToken cancellationToken) =>
        database.QueryAsync(sql, [id], static row => row.Number(0), cancellationToken).NumberAsync();
}

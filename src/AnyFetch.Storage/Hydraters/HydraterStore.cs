using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Hydraters;

/// <inheritdoc/>
internal sealed class HydraterStore(IDatabase database) : IHydraterStore
{
    private const string Columns =
        "id, url, short_name, description, filters, priority, excludes, owner, required_data, rerun_on";

    private const string ListSql = $"SELECT {Columns} FROM hydraters ORDER BY number";

    private const string InsertSql = $"INSERT INTO hydraters ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    private const string AddSql = $"{InsertSql} ON CONFLICT (url) DO NOTHING";

    private const string PutSql =
        $"{InsertSql} ON CONFLICT (id) DO UPDATE SET url = excluded.url, short_name = excluded.short_name, "
        + "description = excluded.description, filters = excluded.filters, priority = excluded.priority, "
        + "excludes = excluded.excludes, owner = excluded.owner, required_data = excluded.required_data, "
        + "rerun_on = excluded.rerun_on";

    private const string UrlSql = "SELECT url FROM hydraters WHERE id = $1";
    private const string RemoveSql = "DELETE FROM hydraters WHERE id = $1";
    private const string CompaniesSql = "SELECT id, hydraters FROM companies ORDER BY id";
    private const string CompanySql = "SELECT id, hydraters FROM companies WHERE id = $1";
    private const string SaveCompanySql = "UPDATE companies SET hydraters = $1 WHERE id = $2";

    private readonly string _companiesForUpdateSql = CompaniesSql + database.Dialect.ForUpdate;
    private readonly string _companyForUpdateSql = CompanySql + database.Dialect.ForUpdate;

    public ValueTask<IReadOnlyList<Hydrater>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(ListSql, [], Read, cancellationToken).AsReadOnlyAsync();

    public ValueTask<bool> AddAsync(Hydrater hydrater, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (Execute(session, AddSql, hydrater) == 0)
                {
                    return false;
                }

                if (hydrater.Owner is { } owner)
                {
                    var companies = session.Query(_companyForUpdateSql, [owner], ReadCompany);
                    ChangeLists(session, companies, urls => urls.Contains(hydrater.Url) ? urls : [.. urls, hydrater.Url]);
                }

                return true;
            },
            cancellationToken);

    public ValueTask PutAsync(Hydrater hydrater, CancellationToken cancellationToken) =>
        PutBuiltInAsync(hydrater, isDefault: false, cancellationToken);

    public ValueTask PutBuiltInAsync(Hydrater hydrater, bool isDefault, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var before = session.First(UrlSql, [hydrater.Id], static row => row.Text(0));
                Execute(session, PutSql, hydrater);
                if (before is not null && before != hydrater.Url)
                {
                    var companies = session.Query(_companiesForUpdateSql, [], ReadCompany);
                    ChangeLists(session, companies, urls => [.. urls.Select(url => url == before ? hydrater.Url : url)]);
                }
                else if (before is null && isDefault)
                {
                    var companies = session.Query(_companiesForUpdateSql, [], ReadCompany);
                    ChangeLists(session, companies, urls => With(urls, hydrater.Url));
                }
            },
            cancellationToken);

    public ValueTask<bool> RemoveAsync(HydraterId id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var removed = session.First(UrlSql, [id], static row => row.Text(0));
                if (removed is null)
                {
                    return false;
                }

                session.Execute(RemoveSql, [id]);
                var companies = session.Query(_companiesForUpdateSql, [], ReadCompany);
                ChangeLists(session, companies, urls => [.. urls.Where(url => url != removed)]);
                return true;
            },
            cancellationToken);

    /// <summary>An empty list is a company's decision to hydrate nothing.</summary>
    private static IReadOnlyList<string> With(IReadOnlyList<string> urls, string url) =>
        urls.Count == 0 || urls.Contains(url) ? urls : [.. urls, url];

    private static void ChangeLists(
        ISqlSession session,
        List<(CompanyId Id, IReadOnlyList<string> Urls)> companies,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        foreach (var (id, urls) in companies)
        {
            var changed = change(urls);
            if (!changed.SequenceEqual(urls))
            {
                session.Execute(SaveCompanySql, [ListCodec.WriteTexts(changed), id]);
            }
        }
    }

    private static int Execute(ISqlSession session, string sql, Hydrater hydrater) => session.Execute(
        sql,
        [
            hydrater.Id,
            hydrater.Url,
            hydrater.ShortName,
            hydrater.Description,
            hydrater.Filters,
            hydrater.Priority,
            ListCodec.WriteTexts(hydrater.Excludes),
            hydrater.Owner,
            hydrater.RequiredData,
            ListCodec.WriteTexts(hydrater.RerunOn),
        ]);

    private static (CompanyId Id, IReadOnlyList<string> Urls) ReadCompany(ISqlRow row) =>
        (new CompanyId(row.Id(0)), ListCodec.ReadTexts(row.Bytes(1)));

    private static Hydrater Read(ISqlRow row) => new()
    {
        Id = new HydraterId(row.Id(0)),
        Url = row.Text(1),
        ShortName = row.Text(2),
        Description = row.Text(3),
        Filters = row.Text(4),
        Priority = (int)row.Number(5),
        Excludes = ListCodec.ReadTexts(row.Bytes(6)),
        Owner = row.IdOrNull(7) is { } owner ? new CompanyId(owner) : null,
        RequiredData = row.TextOrNull(8),
        RerunOn = ListCodec.ReadTexts(row.BytesOrNull(9)),
    };
}

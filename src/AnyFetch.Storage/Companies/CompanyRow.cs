using AnyFetch.Core.Companies;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Companies;

/// <summary>A company as a row of <c>companies</c>.</summary>
internal static class CompanyRow
{
    public const string Columns = "id, name, parent, is_secure, documents_per_update, hydraters, last_update, hydration";

    private const string AddSql =
        $"INSERT INTO companies ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING";

    /// <summary>False when the name is taken.</summary>
    public static bool Add(ISqlSession session, Company company) =>
        session.Execute(
            AddSql,
            [
                company.Id,
                company.Name,
                company.Parent,
                company.IsSecure,
                company.DocumentsPerUpdate,
                ListCodec.WriteTexts(company.Hydraters),
                company.LastUpdate,
                CompanyHydrationJson.Write(company.Hydration),
            ]) == 1;

    public static Company Read(ISqlRow row) => new()
    {
        Id = new CompanyId(row.Id(0)),
        Name = row.Text(1),
        Parent = row.IdOrNull(2) is { } parent ? new CompanyId(parent) : null,
        IsSecure = row.Flag(3),
        DocumentsPerUpdate = (int)row.Number(4),
        Hydraters = ListCodec.ReadTexts(row.Bytes(5)),
        LastUpdate = row.TimeOrNull(6),
        Hydration = CompanyHydrationJson.Read(row.TextOrNull(7)),
    };
}

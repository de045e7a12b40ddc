using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Pages;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Pages;

/// <summary>The rows in which a provider's pages leave their mark.</summary>
internal static class PageRows
{
    public const string FindStateSql =
        "SELECT company, pages, checkpoint, failures, updated_at FROM provider_states WHERE provider = $1";

    private const string AddStateSql =
        "INSERT INTO provider_states (provider, company, pages, failures, updated_at) VALUES ($1, $2, 0, '[]', $3) "
        + "ON CONFLICT (provider) DO NOTHING";

    private const string SaveStateSql =
        "UPDATE provider_states SET company = $1, pages = $2, checkpoint = $3, failures = $4, updated_at = $5 "
        + "WHERE provider = $6";

    private const string FindReceiptSql =
        "SELECT digest, created, updated, deleted, missing, failures FROM provider_pages "
        + "WHERE provider = $1 AND page_key = $2";

    private const string AddReceiptSql =
        "INSERT INTO provider_pages (provider, number, page_key, digest, created, updated, deleted, missing, failures) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private const string PruneSql = "DELETE FROM provider_pages WHERE provider = $1 AND number <= $2";
    private const string ForgetPagesSql = "DELETE FROM provider_pages WHERE provider = $1";
    private const string ForgetStateSql = "DELETE FROM provider_states WHERE provider = $1";

    /// <summary>
    /// A provider's state, locked, so that its pages are made one after the other. What it did in another company, before
    /// its user came to this one, does not count.
    /// </summary>
    public static PageState Lock(ISqlSession session, DocumentPage page, string lockSql)
    {
        if (session.First(lockSql, [page.Provider], ReadState) is not { } row)
        {
            session.Execute(AddStateSql, [page.Provider, page.Company, page.SentAt]);
            row = session.First(lockSql, [page.Provider], ReadState) ?? throw new WriteConflictException();
        }

        if (row.Company != page.Company)
        {
            session.Execute(ForgetPagesSql, [page.Provider]);
            return PageState.None;
        }

        return row.State;
    }

    public static StoredReceipt? FindReceipt(ISqlSession session, DocumentPage page) =>
        session.First(FindReceiptSql, [page.Provider, page.Key], static row => new StoredReceipt(
            row.Bytes(0),
            new PageReceipt(
                (int)row.Number(1), (int)row.Number(2), (int)row.Number(3), (int)row.Number(4), (int)row.Number(5))));

    public static void Save(ISqlSession session, DocumentPage page, PageState state, PageReceipt receipt)
    {
        session.Execute(
            AddReceiptSql,
            [
                page.Provider, state.Pages, page.Key, page.Digest,
                receipt.Created, receipt.Updated, receipt.Deleted, receipt.Missing, receipt.Failures,
            ]);
        session.Execute(PruneSql, [page.Provider, state.Pages - IPageStore.ReceiptsMax]);
        session.Execute(
            SaveStateSql,
            [
                page.Company, state.Pages, state.Checkpoint,
                JsonSerializer.Serialize(state.Failures, PageJson.Default.IReadOnlyListPageFailure),
                state.UpdatedAt, page.Provider,
            ]);
    }

    public static void Forget(ISqlSession session, AccessTokenId provider)
    {
        session.Execute(ForgetPagesSql, [provider]);
        session.Execute(ForgetStateSql, [provider]);
    }

    public static StoredState ReadState(ISqlRow row) => new(
        new CompanyId(row.Id(0)),
        new PageState(
            row.TextOrNull(2),
            row.Number(1),
            row.Number(1) == 0 ? null : row.Time(4),
            JsonSerializer.Deserialize(row.Text(3), PageJson.Default.IReadOnlyListPageFailure) ?? []));

    internal sealed record StoredState(CompanyId Company, PageState State);

    internal sealed record StoredReceipt(byte[] Digest, PageReceipt Receipt);
}

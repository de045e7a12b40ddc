using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.Hydration;

/// <summary>
/// What hydraters make of a company's documents, for its administrators: which of them work, what they could not read, and
/// running them again (hydration.md §6 and §10).
/// </summary>
internal static class HydrationEndpoints
{
    public static void MapHydration(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapAdminPages();
        pages.MapGet(HydrationPages.Root, ShowAsync);
        pages.MapGet(HydrationPages.Root + "/failed", ShowFailedAsync);
        pages.MapPost(HydrationPages.Root + "/failed/{id}", HydrateAgainAsync);
        pages.MapPost(HydrationPages.Root + "/run", StartRunAsync);
        pages.MapPost(HydrationPages.Root + "/cancel", CancelRunAsync);
        pages.MapGet(HydrationPages.Settings, ShowSettingsAsync);
        pages.MapPost(HydrationPages.Settings, SaveSettingsAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IHydraterStates hydraters, IBulkHydration bulk)
    {
        var company = Visitor.Of(http).Company;
        return HydrationPages.Show(
            http,
            await hydraters.ListAsync(company, http.RequestAborted),
            await bulk.FindAsync(company, http.RequestAborted));
    }

    private static async Task<IResult> ShowSettingsAsync(HttpContext http, ICompanyStore companies)
    {
        var company = await companies.FindAsync(Visitor.Of(http).Company, http.RequestAborted);
        return HydrationPages.ShowSettings(http, HydrationForm.Of(company?.Hydration ?? CompanyHydration.Unsaid), fault: null);
    }

    /// <summary>Counts for what is hydrated from now on.</summary>
    private static async Task<IResult> SaveSettingsAsync(HttpContext http, ICompanyStore companies, CredentialChanges credentials)
    {
        var form = HydrationForm.Read(http.Request.Form);
        if (form.FindFault() is { } fault)
        {
            return HydrationPages.ShowSettings(http, form, fault);
        }

        if (await companies.FindAsync(Visitor.Of(http).Company, http.RequestAborted) is { } company)
        {
            await companies.UpdateAsync(company with { Hydration = form.ToSettings() }, http.RequestAborted);
            credentials.Notify();
        }

        return TypedResults.Redirect(HydrationPages.Root);
    }

    private static async Task<IResult> ShowFailedAsync(HttpContext http, FailedDocuments documents) =>
        HydrationPages.ShowFailed(http, await documents.FindAsync(Visitor.Of(http).Company, http.RequestAborted));

    private static async Task<IResult> HydrateAgainAsync(HttpContext http, string id, IHydration hydration)
    {
        if (!ObjectId.TryParse(id, out var parsed))
        {
            return TypedResults.Redirect(HydrationPages.Failed);
        }

        var key = DocumentKey.ById(Visitor.Of(http).Company, new DocumentId(parsed));
        var result = await hydration.HydrateAgainAsync(key, urls: null, http.RequestAborted);
        return result == HydrateAgainResult.FileMissing
            ? HydrationPages.FileMissing()
            : TypedResults.Redirect(HydrationPages.Failed);
    }

    /// <summary>A run that is at work goes on: the page shows how far it is.</summary>
    private static async Task<IResult> StartRunAsync(HttpContext http, IBulkHydration bulk)
    {
        var url = http.Request.Form["hydrater"].ToString();
        await bulk.StartAsync(
            Visitor.Of(http).Company, filters: null, url.Length > 0 ? [url] : null, http.RequestAborted);
        return TypedResults.Redirect(HydrationPages.Root);
    }

    private static async Task<IResult> CancelRunAsync(HttpContext http, IBulkHydration bulk)
    {
        await bulk.CancelAsync(Visitor.Of(http).Company, http.RequestAborted);
        return TypedResults.Redirect(HydrationPages.Root);
    }
}

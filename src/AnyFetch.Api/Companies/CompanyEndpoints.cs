using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Companies;

/// <summary>The caller's company (api.md §5).</summary>
internal sealed class CompanyEndpoints(
    ICompanyStore companies,
    ISearchIndex index,
    CompanySettings settings,
    ProviderAccounts accounts,
    ApiParametersReader parameters,
    HydraterConsents consents,
    CredentialChanges credentials)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/company", GetAsync).RequireScope(Scopes.ReadCompanies).Describe(CompanyDescriptions.Get);
        routes.PatchOrPost("/company", PatchAsync).RequireScope(Scopes.WriteCompanies).AdminOnly()
            .Describe(CompanyDescriptions.Change);
        routes.Delete("/company/reset", ResetAsync).RequireScope(Scopes.DeleteTokens).AdminOnly()
            .Describe(CompanyDescriptions.Reset);
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        // Read again: the caller's copy may be a second old, and an update date moves without telling anybody.
        var company = await companies.FindAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false);
        return await AnswerAsync(call, company ?? call.Caller.Company).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var company = await companies.FindAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false)
            ?? call.Caller.Company;
        var changed = await settings.ApplyAsync(company, company.DocumentsPerUpdate, read.Value!, call.Aborted)
            .ConfigureAwait(false);
        var consent = read.Value!.Bool("hydrater_tokens");
        if (read.Value!.Error is { } error)
        {
            return error;
        }

        if (!await companies.UpdateAsync(changed, call.Aborted).ConfigureAwait(false))
        {
            return Error.InvalidArgument("The parameter 'name' is another company's.");
        }

        if (consent is { } isGiven)
        {
            await consents.SetAsync(company.Id, isGiven, call.Aborted).ConfigureAwait(false);
        }

        credentials.Notify();
        return await AnswerAsync(call, changed).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> ResetAsync(ApiCall call)
    {
        var company = call.Caller.Company.Id;
        await accounts.ForgetAsync(company, call.Aborted).ConfigureAwait(false);
        await companies.ResetAsync(company, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }

    /// <summary>Documents are counted as searches of the caller count them: a hidden one shows nowhere.</summary>
    private async ValueTask<ApiResult> AnswerAsync(ApiCall call, Company company)
    {
        var counts = await companies.CountAsync(company.Id, call.Aborted).ConfigureAwait(false);
        var request = new SearchRequest { Company = company.Id, Viewer = call.Caller.User.Id, Limit = 0 };
        var visible = await index.SearchAsync(request, call.Aborted).ConfigureAwait(false);
        var isGiven = await consents.IsGivenAsync(company.Id, call.Aborted).ConfigureAwait(false);
        var view = new CompanyView(company, counts with { Documents = visible.Count }, Children: null)
        {
            HydraterTokens = isGiven,
        };
        return new JsonResult(writer => CompanyWriter.Write(writer, view));
    }
}

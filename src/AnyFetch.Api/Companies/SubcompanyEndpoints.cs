using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Companies;

/// <summary>The companies below the caller's: counters and settings, never their content (api.md §5).</summary>
internal sealed class SubcompanyEndpoints(
    ICompanyStore companies,
    SubcompanyCreation creation,
    CompanyTree tree,
    CompanySettings settings,
    ProviderAccounts accounts,
    ApiParametersReader parameters,
    CredentialChanges credentials)
{
    /// <summary>Deepest tree that is shown.</summary>
    private const int DepthMax = 100;

    private static readonly Error s_notFound = new(ErrorCode.ResourceNotFound, "There is no such subcompany.");

    public void Map(ApiRoutes routes)
    {
        routes.Get("/subcompanies", ListAsync).RequireScope(Scopes.ReadCompanies).AdminOnly()
            .Describe(CompanyDescriptions.ListBelow);
        routes.Post("/subcompanies", PostAsync).RequireScope(Scopes.WriteCompanies).AdminOnly()
            .Describe(CompanyDescriptions.AddBelow);
        routes.Get("/subcompanies/{id}", GetAsync).RequireScope(Scopes.ReadCompanies).AdminOnly()
            .Describe(CompanyDescriptions.GetBelow);
        routes.Patch("/subcompanies/{id}", PatchAsync).RequireScope(Scopes.WriteCompanies).AdminOnly()
            .Describe(CompanyDescriptions.ChangeBelow);
        routes.Delete("/subcompanies/{id}", DeleteAsync).RequireScope(Scopes.DeleteCompanies).AdminOnly()
            .Describe(CompanyDescriptions.DeleteBelow);
        routes.Delete("/subcompanies/{id}/reset", ResetAsync).RequireScope(Scopes.DeleteTokens).AdminOnly()
            .Describe(CompanyDescriptions.ResetBelow);
    }

    private async ValueTask<ApiResult> ListAsync(ApiCall call)
    {
        var children = await DescribeChildrenAsync(call.Caller.Company.Id, 0, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var child in children)
            {
                CompanyWriter.Write(writer, child);
            }

            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var (company, error) = await creation.CreateAsync(call.Caller, read.Value!, call.Aborted).ConfigureAwait(false);
        return company is null ? error! : await AnswerAsync(company, call.Aborted).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var (company, error) = await FindAsync(call).ConfigureAwait(false);
        return company is null ? error! : await AnswerAsync(company, call.Aborted).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var (company, unknown) = await FindAsync(call).ConfigureAwait(false);
        if (company is null)
        {
            return unknown!;
        }

        // A company above may raise the number again, up to its own (auth-and-tenancy §6, 13).
        var changed = await settings
            .ApplyAsync(company, call.Caller.Company.DocumentsPerUpdate, read.Value!, call.Aborted)
            .ConfigureAwait(false);
        if (read.Value!.Error is { } error)
        {
            return error;
        }

        if (!await companies.UpdateAsync(changed, call.Aborted).ConfigureAwait(false))
        {
            return Error.InvalidArgument("The parameter 'name' is another company's.");
        }

        credentials.Notify();
        return await AnswerAsync(changed, call.Aborted).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var force = call.Query("force") is { } text && Booleans.TryParse(text, out var isForced) && isForced;
        var (company, error) = await FindAsync(call).ConfigureAwait(false);
        if (company is null)
        {
            return error!;
        }

        var children = await companies.ListChildrenAsync(company.Id, call.Aborted).ConfigureAwait(false);
        if (children.Count > 0 && !force)
        {
            return new Error(ErrorCode.Forbidden, "The company has subcompanies; 'force' deletes them as well.");
        }

        await RemoveAsync(company.Id, 0, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> ResetAsync(ApiCall call)
    {
        var (company, error) = await FindAsync(call).ConfigureAwait(false);
        if (company is null)
        {
            return error!;
        }

        await accounts.ForgetAsync(company.Id, call.Aborted).ConfigureAwait(false);
        await companies.ResetAsync(company.Id, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }

    /// <summary>Leaves first, so that a stop half-way leaves whole companies behind and the call can be made again.</summary>
    private async Task RemoveAsync(CompanyId company, int depth, CancellationToken cancellationToken)
    {
        if (depth < DepthMax)
        {
            foreach (var child in await companies.ListChildrenAsync(company, cancellationToken).ConfigureAwait(false))
            {
                await RemoveAsync(child.Id, depth + 1, cancellationToken).ConfigureAwait(false);
            }
        }

        await accounts.ForgetAsync(company, cancellationToken).ConfigureAwait(false);
        await companies.RemoveAsync(company, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A company below the caller's; any other does not exist.</summary>
    private async ValueTask<(Company? Company, Error? Error)> FindAsync(ApiCall call)
    {
        if (!CompanyId.TryParse(call.PathValue("id"), out var id))
        {
            return (null, Error.InvalidArgument("The id must be 24 hexadecimal digits."));
        }

        var mine = call.Caller.Company.Id;
        if (id == mine || await companies.FindAsync(id, call.Aborted).ConfigureAwait(false) is not { } company)
        {
            return (null, s_notFound);
        }

        var line = await tree.GetLineAsync(company, call.Aborted).ConfigureAwait(false);
        return line.Contains(mine) ? (company, null) : (null, s_notFound);
    }

    private async ValueTask<ApiResult> AnswerAsync(Company company, CancellationToken cancellationToken)
    {
        var view = await DescribeAsync(company, 0, cancellationToken).ConfigureAwait(false);
        return new JsonResult(writer => CompanyWriter.Write(writer, view));
    }

    private async ValueTask<CompanyView> DescribeAsync(Company company, int depth, CancellationToken cancellationToken) =>
        new(
            company,
            await companies.CountAsync(company.Id, cancellationToken).ConfigureAwait(false),
            await DescribeChildrenAsync(company.Id, depth + 1, cancellationToken).ConfigureAwait(false));

    private async ValueTask<IReadOnlyList<CompanyView>> DescribeChildrenAsync(
        CompanyId company,
        int depth,
        CancellationToken cancellationToken)
    {
        var views = new List<CompanyView>();
        if (depth >= DepthMax)
        {
            return views;
        }

        foreach (var child in await companies.ListChildrenAsync(company, cancellationToken).ConfigureAwait(false))
        {
            views.Add(await DescribeAsync(child, depth, cancellationToken).ConfigureAwait(false));
        }

        return views;
    }
}

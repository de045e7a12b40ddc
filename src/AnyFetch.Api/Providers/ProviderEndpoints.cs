using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Pages;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Providers;

/// <summary>The caller's tokens, seen as providers (api.md §5).</summary>
internal sealed class ProviderEndpoints(
    IAccessTokenStore tokens,
    ProviderDirectory directory,
    IProviderGateway gateway,
    ProviderAccounts accounts,
    ISearchIndex index,
    IPageStore pages,
    CredentialChanges credentials,
    TimeProvider timeProvider)
{
    /// <summary>After this time a provider that never reported its end counts as idle, in hours.</summary>
    public const int ProvidingHoursMax = 6;

    private const string ById = "/providers/{id}";

    private static readonly Error s_notFound = new(ErrorCode.ResourceNotFound, "There is no such provider.");

    public void Map(ApiRoutes routes)
    {
        routes.Get("/providers", ListAsync).RequireScope(Scopes.ReadTokens).SendBrowsersTo(o => o.BrowserSourcesPath)
            .Describe(ProviderDescriptions.List);
        routes.Get(ById, GetAsync).RequireScope(Scopes.ReadTokens).Describe(ProviderDescriptions.Get);
        routes.Delete(ById, DeleteAsync).RequireScope(Scopes.DeleteTokens).Describe(ProviderDescriptions.Delete);
        routes.Delete(ById + "/reset", ResetAsync).RequireScope(Scopes.DeleteDocuments)
            .Describe(ProviderDescriptions.Reset);
    }

    private async ValueTask<ApiResult> ListAsync(ApiCall call)
    {
        var caller = call.Caller;
        var mine = await tokens.ListAsync(caller.User.Id, call.Aborted).ConfigureAwait(false);
        var providers = new List<Provider>(mine.Count);
        foreach (var token in mine)
        {
            providers.Add(await directory.DescribeAsync(token, call.Aborted).ConfigureAwait(false));
        }

        var request = new SearchRequest { Company = caller.Company.Id, Viewer = caller.User.Id, Limit = 0 };
        var search = await index.SearchAsync(request, call.Aborted).ConfigureAwait(false);
        var counts = search.Facets.Providers.ToDictionary(f => f.Value);
        var idleBefore = timeProvider.GetUtcNow() - TimeSpan.FromHours(ProvidingHoursMax);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var provider in providers)
            {
                var isCounted = counts.TryGetValue(provider.Token.Id, out var count);
                var details = new ProviderDetails(
                    IsCurrent: provider.Token.Id == caller.Token?.Id,
                    IsProviding: provider.Token.ProvidingSince > idleBefore,
                    count.Count,
                    isCounted ? count.LatestModification : null);
                AccessTokenWriter.WriteLong(writer, provider, details);
            }

            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        if (call.Options.LegacyRoutes && call.PathValue("id").Equals("documents", StringComparison.OrdinalIgnoreCase))
        {
            // The older documents API lives at this path and has no GET; it is never taken for a provider.
            call.Http.Response.Headers.Allow = "DELETE, PATCH, POST, OPTIONS";
            return new Error(ErrorCode.MethodNotAllowed, "GET is not supported on this path.");
        }

        var (provider, error) = await FindAsync(call).ConfigureAwait(false);
        return provider is null ? error! : new JsonResult(writer => AccessTokenWriter.WriteShort(writer, provider));
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var (provider, error) = await FindAsync(call).ConfigureAwait(false);
        if (provider is null)
        {
            return error!;
        }

        await accounts.ForgetAsync([provider.Token], call.Aborted).ConfigureAwait(false);
        await tokens.RemoveAsync(provider.Token.Id, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> ResetAsync(ApiCall call)
    {
        var (provider, error) = await FindAsync(call).ConfigureAwait(false);
        if (provider is null)
        {
            return error!;
        }

        if (provider.Client is { ProviderUrl: not null } client
            && !await gateway.ResetAsync(client, provider.Token, call.Aborted).ConfigureAwait(false))
        {
            return new Error(ErrorCode.ServiceUnavailable, "The provider cannot be reached; nothing was reset.");
        }

        await pages.ForgetAsync(provider.Token.Id, call.Aborted).ConfigureAwait(false);
        return ApiResult.NoContent;
    }

    private async ValueTask<(Provider? Provider, Error? Error)> FindAsync(ApiCall call)
    {
        if (!AccessTokenId.TryParse(call.PathValue("id"), out var id))
        {
            return (null, Error.InvalidArgument("The id must be 24 hexadecimal digits."));
        }

        var token = await tokens.FindAsync(id, call.Aborted).ConfigureAwait(false);
        return token is not null && token.User == call.Caller.User.Id
            ? (await directory.DescribeAsync(token, call.Aborted).ConfigureAwait(false), null)
            : (null, s_notFound);
    }
}

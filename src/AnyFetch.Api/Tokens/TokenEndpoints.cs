using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;

namespace AnyFetch.Api.Tokens;

/// <summary>The caller's basic token, and a provider's report that its grant at the third party is dead.</summary>
internal sealed class TokenEndpoints(
    IAccessTokenStore tokens,
    BasicTokens basicTokens,
    CredentialChanges credentials)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/token", GetAsync).RequireScope(Scopes.ReadTokens).BasicOnly().Describe(TokenDescriptions.GetToken);
        routes.Delete("/token", DeleteAsync).RequireScope(Scopes.DeleteTokens).BasicOnly()
            .Describe(TokenDescriptions.DeleteToken);
        routes.Post("/token/refresh", RequireRefreshAsync).TokenOnly().Describe(TokenDescriptions.RequireRefresh);
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var token = await basicTokens.GetSecretAsync(call.Caller.User, call.Aborted).ConfigureAwait(false);
        call.Http.Response.Headers.CacheControl = "no-store";
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("token"u8, token);
            writer.WriteEndObject();
        });
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var mine = await tokens.ListAsync(call.Caller.User.Id, call.Aborted).ConfigureAwait(false);
        foreach (var token in mine.Where(t => t.IsBasicToken))
        {
            await tokens.RemoveAsync(token.Id, call.Aborted).ConfigureAwait(false);
        }

        credentials.Notify();
        return ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> RequireRefreshAsync(ApiCall call)
    {
        await tokens.SetRequireRefreshAsync(call.Caller.Token!.Id, true, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }
}

using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Ids;
using Microsoft.AspNetCore.DataProtection;

namespace AnyFetch.Api.Tokens;

/// <summary>The caller's basic token, and a provider's report that its grant at the third party is dead.</summary>
internal sealed class TokenEndpoints(
    IAccessTokenStore tokens,
    IDataProtectionProvider protection,
    CredentialChanges credentials,
    TimeProvider timeProvider)
{
    // GET /token must say the same secret each time, so it is kept encrypted beside its hash.
    private readonly IDataProtector _protector = protection.CreateProtector("AnyFetch.BasicToken");

    public void Map(ApiRoutes routes)
    {
        routes.Get("/token", GetAsync).RequireScope(Scopes.ReadTokens).BasicOnly().Describe(TokenDescriptions.GetToken);
        routes.Delete("/token", DeleteAsync).RequireScope(Scopes.DeleteTokens).BasicOnly()
            .Describe(TokenDescriptions.DeleteToken);
        routes.Post("/token/refresh", RequireRefreshAsync).TokenOnly().Describe(TokenDescriptions.RequireRefresh);
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var now = timeProvider.GetUtcNow();
        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        var candidate = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = call.Caller.User.Id,
            Company = call.Caller.Company.Id,
            IsBasicToken = true,
            Scopes = Scopes.All,
            CreatedAt = now,
            LastUsed = now,
        };
        var (_, stored) = await tokens
            .GetOrAddBasicAsync(candidate, TokenSecret.Hash(secret), _protector.Protect(secret), call.Aborted)
            .ConfigureAwait(false);
        var token = _protector.Unprotect(stored);
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

using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Tokens;

/// <summary>
/// A user's extra tokens: of no application, with scopes of the user's choice, for scripts (auth-and-tenancy §2.1).
/// </summary>
internal static class ExtraTokenEndpoints
{
    /// <summary>Extra tokens of one user.</summary>
    private const int TokensMax = 100;

    public static void MapExtraTokens(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages();
        pages.MapGet("/manager/tokens", ListAsync);
        pages.MapGet("/manager/tokens/new", ShowNew);
        pages.MapPost("/manager/tokens/new", AddAsync);
        pages.MapGet("/manager/tokens/{id}/remove", ConfirmAsync);
        pages.MapPost("/manager/tokens/{id}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IAccessTokenStore tokens) =>
        ExtraTokenPages.List(Visitor.Of(http), await OwnAsync(Visitor.Of(http), tokens, http.RequestAborted));

    private static IResult ShowNew(HttpContext http) =>
        ExtraTokenPages.New(http, Visitor.Of(http), new ExtraTokenForm(), null);

    private static async Task<IResult> AddAsync(
        HttpContext http,
        IAccessTokenStore tokens,
        TimeProvider timeProvider,
        IOptions<ManagerOptions> options)
    {
        var user = Visitor.Of(http);
        var form = ExtraTokenForm.Read(http.Request.Form);
        var isFull = (await OwnAsync(user, tokens, http.RequestAborted)).Count >= TokensMax;
        var fault = isFull ? $"You have {TokensMax} tokens, which is the most: remove one first." : form.FindFault(options.Value);
        if (fault is not null)
        {
            return ExtraTokenPages.New(http, user, form, fault);
        }

        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        var now = timeProvider.GetUtcNow();
        var token = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = user.Id,
            Company = user.Company,
            Scopes = form.Scopes,
            AccountName = form.Name,
            CreatedAt = now,
            LastUsed = now,
        };
        await tokens.AddAsync(token, TokenSecret.Hash(secret), http.RequestAborted);
        return ExtraTokenPages.Created(user, token, secret);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, string id, IAccessTokenStore tokens) =>
        await FindAsync(id, Visitor.Of(http), tokens, http.RequestAborted) is { } token
            ? ExtraTokenPages.ConfirmRemove(http, token)
            : ExtraTokenPages.Unknown(Visitor.Of(http));

    private static async Task<IResult> RemoveAsync(
        HttpContext http,
        string id,
        IAccessTokenStore tokens,
        TokenRevocation revocation)
    {
        if (await FindAsync(id, Visitor.Of(http), tokens, http.RequestAborted) is not { } token)
        {
            return ExtraTokenPages.Unknown(Visitor.Of(http));
        }

        await revocation.RemoveAsync(token.Id, http.RequestAborted);
        return TypedResults.Redirect("/manager/tokens");
    }

    private static async ValueTask<AccessToken?> FindAsync(
        string text, User user, IAccessTokenStore tokens, CancellationToken cancellationToken) =>
        AccessTokenId.TryParse(text, out var id)
        && await tokens.FindAsync(id, cancellationToken) is { } token
        && token.User == user.Id
        && IsExtra(token)
            ? token
            : null;

    private static async ValueTask<List<AccessToken>> OwnAsync(
        User user, IAccessTokenStore tokens, CancellationToken cancellationToken) =>
        [.. (await tokens.ListAsync(user.Id, cancellationToken)).Where(IsExtra)];

    private static bool IsExtra(AccessToken token) => token is { Client: null, IsBasicToken: false };
}

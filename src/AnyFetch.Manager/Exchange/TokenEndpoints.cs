using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Errors;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Exchange;

/// <summary>What providers and applications call (auth-and-tenancy §4.3, §4.4). No session, no cookie.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithCrossOrigin();
        group.MapPost("/oauth/access_token", ExchangeAsync).WithMetadata(ManagerDescriptions.Exchange);
        group.MapPost("/access_token", ExchangeAsync).WithMetadata(ManagerDescriptions.ExchangeAlias);
        group.MapPost("/access_token/account_name", NameAccountAsync)
            .WithMetadata(ManagerDescriptions.NameAccount);
        group.MapMethods("/oauth/access_token", [HttpMethods.Options], CrossOrigin.Preflight);
        group.MapMethods("/access_token", [HttpMethods.Options], CrossOrigin.Preflight);
        group.MapMethods("/access_token/account_name", [HttpMethods.Options], CrossOrigin.Preflight);
    }

    private static async Task<IResult> ExchangeAsync(
        HttpRequest request,
        CodeExchange exchange,
        IOptions<ManagerOptions> options,
        CancellationToken cancellationToken)
    {
        var (fields, error) =
            await RequestFields.ReadAsync(request, options.Value.BodyBytesMax, cancellationToken);
        if (error is not null)
        {
            return ExchangeFailure.Unreadable(error).ToResult();
        }

        var (secret, failure) = await exchange.TradeAsync(fields, cancellationToken);
        return failure is not null
            ? failure.ToResult()
            : TypedResults.Json(new ExchangeReply("bearer", secret!), ManagerJson.Default.ExchangeReply);
    }

    private static async Task<IResult> NameAccountAsync(
        HttpRequest request,
        IAccessTokenStore tokens,
        TokenRevocation revocation,
        IOptions<ManagerOptions> options,
        CancellationToken cancellationToken)
    {
        var (fields, error) =
            await RequestFields.ReadAsync(request, options.Value.BodyBytesMax, cancellationToken);
        if (error is not null)
        {
            return ManagerJson.Error(error);
        }

        if (fields["access_token"] is not { } secret)
        {
            return ManagerJson.Error(Error.MissingParameter("access_token"));
        }

        if (fields["account_name"] is not { } name)
        {
            return ManagerJson.Error(Error.MissingParameter("account_name"));
        }

        if (name.Length > options.Value.NameCharsMax)
        {
            return ManagerJson.Error(Error.InvalidArgument(
                $"The parameter 'account_name' is above {options.Value.NameCharsMax} characters."));
        }

        var token = secret.Length <= TokenSecret.CharsMax
            ? await tokens.FindBySecretAsync(TokenSecret.Hash(secret), cancellationToken)
            : null;
        if (token is { IsBasicToken: true })
        {
            return ManagerJson.Error(new(ErrorCode.ForbiddenScheme, "A basic token stands for no account."));
        }

        if (token is null || !await tokens.SetAccountNameAsync(token.Id, name, cancellationToken))
        {
            return ManagerJson.Error(new(ErrorCode.InvalidCredentials, "The access token is unknown or revoked."));
        }

        revocation.Notify();
        return TypedResults.NoContent();
    }
}

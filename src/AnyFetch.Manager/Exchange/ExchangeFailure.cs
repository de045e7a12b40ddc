using AnyFetch.Core.Errors;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Exchange;

/// <summary>Why a code was not traded: the status, OAuth's word for it and ours (table of auth-and-tenancy §4.3).</summary>
internal sealed record ExchangeFailure(int Status, string OAuthError, ErrorCode Code, string Message)
{
    public static ExchangeFailure Missing(string name) => new(
        StatusCodes.Status409Conflict, "invalid_request", ErrorCode.InvalidArgument,
        $"The parameter '{name}' is missing.");

    public static ExchangeFailure Unreadable(Error error) => new(
        ErrorCatalog.StatusOf(error.Code), "invalid_request", error.Code, error.Message);

    public static ExchangeFailure UnsupportedGrant { get; } = new(
        StatusCodes.Status409Conflict, "unsupported_grant_type", ErrorCode.InvalidArgument,
        "The parameter 'grant_type' must be 'authorization_code'.");

    public static ExchangeFailure InvalidClient { get; } = new(
        StatusCodes.Status401Unauthorized, "invalid_client", ErrorCode.InvalidCredentials,
        "The client is unknown or its secret is wrong.");

    public static ExchangeFailure InvalidGrant { get; } = new(
        StatusCodes.Status400BadRequest, "invalid_grant", ErrorCode.InvalidArgument,
        "The code is unknown, expired, used, of another client, or was asked for with another 'redirect_uri' or verifier.");

    public IResult ToResult() => TypedResults.Json(
        new ExchangeErrorBody(OAuthError, Message, Code.ToString(), Message),
        ManagerJson.Default.ExchangeErrorBody,
        statusCode: Status);
}

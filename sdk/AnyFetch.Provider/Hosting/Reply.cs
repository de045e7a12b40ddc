using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>The answers of the protocol. Missing and wrong parameters are 409, as ever.</summary>
internal static class Reply
{
    public static IResult Missing(string parameter) =>
        Error(StatusCodes.Status409Conflict, "MissingParameter", $"Missing parameter: {parameter}.");

    public static IResult Invalid(string message) =>
        Error(StatusCodes.Status409Conflict, "InvalidArgument", message);

    public static IResult UnknownToken() =>
        Error(StatusCodes.Status404NotFound, "ResourceNotFound", "No account has this access_token.");

    public static IResult Error(int status, string code, string message) =>
        Results.Json(new ErrorReply(code, message), ProviderJson.Default.ErrorReply, statusCode: status);
}

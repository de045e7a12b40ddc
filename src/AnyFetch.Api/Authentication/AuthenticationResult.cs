using AnyFetch.Core.Authentication;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Authentication;

/// <summary>Who calls, or why that is not known. One of the two is null.</summary>
internal readonly record struct AuthenticationResult(Caller? Caller, Error? Error)
{
    public static AuthenticationResult Failed(ErrorCode code, string message) => new(null, new Error(code, message));

    /// <summary>The same words whatever was wrong, so that nobody learns which addresses exist.</summary>
    public static AuthenticationResult Invalid { get; } =
        Failed(ErrorCode.InvalidCredentials, "The credentials are wrong, or were revoked.");

    public static AuthenticationResult Missing { get; } =
        Failed(ErrorCode.Unauthorized, "Credentials are needed: a bearer token, or e-mail and password.");
}

namespace AnyFetch.Core.Errors;

/// <summary>The errors that the API answers with. The names are what clients see as <c>code</c>.</summary>
public enum ErrorCode
{
    BadRequest,
    Unauthorized,
    InvalidCredentials,
    ForbiddenScheme,
    MissingScope,
    Forbidden,
    NotAuthorized,
    InsecureOperation,
    ResourceNotFound,
    NotFound,
    MethodNotAllowed,
    InvalidArgument,
    MissingParameter,
    TooManyArguments,
    InvalidContent,
    RequestTimeout,
    Gone,
    RequestEntityTooLarge,
    UriTooLong,
    TooManyRequests,
    HeadersTooLarge,
    InternalServerError,
    ServiceUnavailable,
    HttpVersionNotSupported,
    InsufficientStorage,
}

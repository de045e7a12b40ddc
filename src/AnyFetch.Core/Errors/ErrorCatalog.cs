namespace AnyFetch.Core.Errors;

/// <summary>Each error's HTTP status and when it is given. The single source of <c>docs/errors.md</c>.</summary>
public static class ErrorCatalog
{
    private static readonly Dictionary<ErrorCode, (int Status, string When)> s_entries = new()
    {
        [ErrorCode.BadRequest] = (400, "The body or the request itself cannot be parsed."),
        [ErrorCode.Unauthorized] = (401, "No credentials, or an unknown `Authorization` scheme."),
        [ErrorCode.InvalidCredentials] = (401, "Wrong e-mail or password; unknown, empty or revoked token."),
        [ErrorCode.ForbiddenScheme] = (401, "Valid credentials of a kind that this endpoint refuses."),
        [ErrorCode.MissingScope] = (403, "The token lacks the endpoint's scope."),
        [ErrorCode.Forbidden] = (403, "The caller is no administrator, or the object is not the caller's to modify."),
        [ErrorCode.NotAuthorized] = (403, "A rule refuses the operation: delete oneself, the last administrator, "
            + "a type in use or of somebody else."),
        [ErrorCode.InsecureOperation] = (403, "The company is secure and the client is not trusted."),
        [ErrorCode.ResourceNotFound] = (404, "Unknown, or hidden from the caller."),
        [ErrorCode.NotFound] = (404, "No such route, or the variant of the above where the reference says so."),
        [ErrorCode.MethodNotAllowed] = (405, "The verb is not supported on that path."),
        [ErrorCode.RequestTimeout] = (408, "The request, or its body, took too long to arrive."),
        [ErrorCode.InvalidArgument] = (409, "A bad value, an unknown argument or a bad id."),
        [ErrorCode.MissingParameter] = (409, "A required parameter is absent."),
        [ErrorCode.TooManyArguments] = (409, "Both `id` and `identifier` were given."),
        [ErrorCode.InvalidContent] = (409, "The name of a document type is taken."),
        [ErrorCode.Gone] = (410, "A hydrater's task is over, or its document was deleted."),
        [ErrorCode.RequestEntityTooLarge] = (413, "The upload or the body is above the server's limit."),
        [ErrorCode.UriTooLong] = (414, "The request line is above the server's limit."),
        [ErrorCode.TooManyRequests] = (429, "Throttled; `Retry-After` tells for how long."),
        [ErrorCode.HeadersTooLarge] = (431, "The headers are above the server's limits."),
        [ErrorCode.InternalServerError] = (500, "A bug. The log has it under the response's `Request-Id`."),
        [ErrorCode.ServiceUnavailable] = (503, "The store or the server is not ready; try again."),
        [ErrorCode.HttpVersionNotSupported] = (505, "The request is of another version than HTTP/1.0 and HTTP/1.1."),
        [ErrorCode.InsufficientStorage] = (507, "The disk is full; nothing was stored."),
    };

    /// <summary>Every code with its status and its meaning, in the order of their declaration.</summary>
    public static IEnumerable<(ErrorCode Code, int Status, string When)> All =>
        s_entries.Select(e => (e.Key, e.Value.Status, e.Value.When));

    /// <summary>The HTTP status of a code.</summary>
    public static int StatusOf(ErrorCode code) => s_entries[code].Status;
}

using AnyFetch.Api.Authentication;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Http;

/// <summary>Runs a route: credentials, scheme, scope, administrator, in this order (api.md §2), then the handler.</summary>
internal sealed class ApiDispatcher(Authenticator authenticator, IOptions<ApiOptions> options)
{
    public async Task DispatchAsync(HttpContext http, EndpointAccess access, ApiHandler handler)
    {
        if (access.PathForBrowsers?.Invoke(options.Value) is { Length: > 0 } page && IsBrowser(http))
        {
            http.Response.Redirect(page);
            return;
        }

        Caller? caller = null;
        ApiResult? result = null;
        if (!access.IsAnonymous)
        {
            var authentication = await authenticator.AuthenticateAsync(http).ConfigureAwait(false);
            caller = authentication.Caller;
            if ((authentication.Error ?? Refuse(caller!, access)) is { } error)
            {
                result = error;
            }
        }

        var call = new ApiCall(http, caller, options.Value);
        result ??= await handler(call).ConfigureAwait(false);
        await result.WriteAsync(call).ConfigureAwait(false);
    }

    private static bool IsBrowser(HttpContext http) =>
        !Authenticator.HasCredentials(http)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Error? Refuse(Caller caller, EndpointAccess access)
    {
        if (access.IsTokenOnly && caller.Kind == CredentialKind.Basic)
        {
            return new Error(ErrorCode.ForbiddenScheme, "This endpoint takes a token, not e-mail and password.");
        }

        if (access.IsBasicOnly && caller.Kind != CredentialKind.Basic)
        {
            return new Error(ErrorCode.ForbiddenScheme, "This endpoint takes e-mail and password, not a token.");
        }

        if (caller.Task is not null
            && (access.IsAdminOnly || access.IsClosedToTasks || (access.IsTokenOnly && access.Scope == Scopes.None)))
        {
            return new Error(ErrorCode.Forbidden, "The token of a task is good for documents only.");
        }

        if ((caller.Scopes & access.Scope) != access.Scope)
        {
            return new Error(ErrorCode.MissingScope, $"The token lacks the scope '{ScopeNames.ToName(access.Scope)}'.");
        }

        return access.IsAdminOnly && !caller.User.IsAdmin
            ? new Error(ErrorCode.Forbidden, "Only administrators may do this.")
            : null;
    }
}

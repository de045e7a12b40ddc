using AnyFetch.Api.Authentication;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Descriptions;
using Microsoft.AspNetCore.Builder;

namespace AnyFetch.Api.Http;

/// <summary>A route that was just mapped, to say what it asks of its caller.</summary>
internal sealed class ApiRoute(EndpointAccess access, IEndpointConventionBuilder endpoint)
{
    /// <summary>Lets anybody in.</summary>
    public ApiRoute AllowAnonymous()
    {
        access.IsAnonymous = true;
        return this;
    }

    /// <summary>The token must have this scope.</summary>
    public ApiRoute RequireScope(Scopes scope)
    {
        access.Scope = scope;
        return this;
    }

    /// <summary>E-mail and password are refused.</summary>
    public ApiRoute TokenOnly()
    {
        access.IsTokenOnly = true;
        return this;
    }

    /// <summary>The token that a hydrater has while its task lasts is refused.</summary>
    public ApiRoute NotForTasks()
    {
        access.IsClosedToTasks = true;
        return this;
    }

    /// <summary>Tokens are refused.</summary>
    public ApiRoute BasicOnly()
    {
        access.IsBasicOnly = true;
        return this;
    }

    /// <summary>The caller must be an administrator.</summary>
    public ApiRoute AdminOnly()
    {
        access.IsAdminOnly = true;
        return this;
    }

    /// <summary>Sends a browser without credentials (<c>Accept: text/html</c>) to a page instead.</summary>
    public ApiRoute SendBrowsersTo(Func<ApiOptions, string> path)
    {
        access.PathForBrowsers = path;
        return this;
    }

    /// <summary>Says what the OpenAPI document tells about the route.</summary>
    public ApiRoute Describe(EndpointDescription description)
    {
        endpoint.WithMetadata(description);
        return this;
    }
}

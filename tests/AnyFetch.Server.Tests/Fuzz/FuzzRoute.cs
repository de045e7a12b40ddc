using AnyFetch.Api.Authentication;
using AnyFetch.Core.Descriptions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Who answers at a route, which decides on the shape of its errors.</summary>
internal enum RouteKind
{
    /// <summary>The Fetch API.</summary>
    Api,

    /// <summary>The manager: pages, and the OAuth endpoints.</summary>
    Page,

    /// <summary>Operations, built-in hydraters and providers.</summary>
    Machine,
}

/// <summary>A route of the server as it is mapped, with what its description tells of requests to it.</summary>
/// <param name="Pattern">The path with its parameters.</param>
/// <param name="Method">The verb.</param>
/// <param name="Kind">Who answers.</param>
/// <param name="Description">What the OpenAPI document says, if it says anything.</param>
internal sealed record FuzzRoute(string Pattern, string Method, RouteKind Kind, EndpointDescription? Description)
{
    /// <summary>How often the route is chosen: drawing a page or hashing a password takes as long as 50 other requests.</summary>
    public int Weight => IsSlow ? 1 : IsDestructive || Method == "OPTIONS" ? 4 : 40;

    private bool IsSlow => Pattern.EndsWith("/image", StringComparison.Ordinal)
        || Pattern is "/sign_up" or "/sign_in" or "/operator/password"
        || (Pattern == "/users" && Method == "POST")
        || (Pattern is "/users/{id}" or "/user" && Method is "PATCH" or "POST");

    /// <summary>What ends the callers' own credentials, after which they must be made anew.</summary>
    private bool IsDestructive => Method == "DELETE" && !Pattern.Contains("/documents", StringComparison.Ordinal);

    /// <summary>Every route of a server with each of its verbs, so that a new one is fuzzed without a change here.</summary>
    public static IReadOnlyList<FuzzRoute> All(IServiceProvider services) =>
    [
        .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           orderby pattern, method
           select new FuzzRoute(pattern, method, KindOf(endpoint, pattern), endpoint.Metadata.GetMetadata<EndpointDescription>()),
    ];

    private static RouteKind KindOf(RouteEndpoint endpoint, string pattern)
    {
        if (endpoint.Metadata.GetMetadata<EndpointAccess>() is not null)
        {
            return RouteKind.Api;
        }

        string[] machines = ["/health", "/metrics", "/operator", "/hydraters/", "/providers/"];
        return machines.Any(m => pattern.StartsWith(m, StringComparison.Ordinal)) ? RouteKind.Machine : RouteKind.Page;
    }
}

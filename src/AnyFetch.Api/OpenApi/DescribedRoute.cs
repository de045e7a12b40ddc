using AnyFetch.Api.Authentication;
using AnyFetch.Core.Descriptions;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Api.OpenApi;

/// <summary>A route as the document shows it: one path, one method.</summary>
internal sealed record DescribedRoute(
    string Path,
    string Method,
    EndpointAccess? Access,
    EndpointDescription Description)
{
    /// <summary>The name of the operation: forms of one endpoint at several paths or methods have names of their own.</summary>
    public string Operation
    {
        get
        {
            var byIdentifier = Path.Contains("/identifier/{", StringComparison.Ordinal) ? "ByIdentifier" : "";
            return Description.Operation + byIdentifier + (IsPostForPatch ? "WithPost" : "");
        }
    }

    /// <summary>True for the <c>POST</c> that clients without <c>PATCH</c> may send.</summary>
    public bool IsPostForPatch { get; private init; }

    /// <summary>
    /// Every described route once. Batches have the API's routes again, <c>HEAD</c> goes with <c>GET</c>, and
    /// <c>OPTIONS</c> is the same everywhere.
    /// </summary>
    public static IReadOnlyList<DescribedRoute> All(EndpointDataSource endpoints)
    {
        var routes = new SortedDictionary<string, DescribedRoute>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<EndpointDescription>() is not { } description)
            {
                continue;
            }

            var path = PathOf(endpoint);
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            var access = endpoint.Metadata.GetMetadata<EndpointAccess>();
            foreach (var method in methods.Where(m => m is not ("HEAD" or "OPTIONS")))
            {
                routes.TryAdd($"{path} {method}", new DescribedRoute(path, method, access, description)
                {
                    IsPostForPatch = method == "POST" && methods.Contains("PATCH"),
                });
            }
        }

        return [.. routes.Values];
    }

    /// <summary>The pattern without the slash at its end, which every route accepts.</summary>
    public static string PathOf(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return path;
    }
}

using AnyFetch.Api.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Api.Http;

/// <summary>
/// Maps the API's routes. Each <c>GET</c> answers <c>HEAD</c> as well, each path answers <c>OPTIONS</c>, and whatever
/// a route asks of its caller is checked before its handler runs.
/// </summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints)
{
    private readonly Dictionary<string, SortedSet<string>> _methods = new(StringComparer.Ordinal);
    private readonly ApiDispatcher _dispatcher = endpoints.ServiceProvider.GetRequiredService<ApiDispatcher>();

    public ApiRoute Get(string pattern, ApiHandler handler) => Map(pattern, handler, "GET", "HEAD");

    public ApiRoute Post(string pattern, ApiHandler handler) => Map(pattern, handler, "POST");

    public ApiRoute Patch(string pattern, ApiHandler handler) => Map(pattern, handler, "PATCH");

    /// <summary>A change that clients without <c>PATCH</c> may also send by <c>POST</c> (api.md §8, 18).</summary>
    public ApiRoute PatchOrPost(string pattern, ApiHandler handler) => Map(pattern, handler, "PATCH", "POST");

    public ApiRoute Delete(string pattern, ApiHandler handler) => Map(pattern, handler, "DELETE");

    /// <summary>Answers <c>OPTIONS</c> on every path that was mapped. Called once, at the end.</summary>
    public void MapOptions()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allow = string.Join(", ", methods.Append("OPTIONS"));
            endpoints
                .MapMethods(pattern, ["OPTIONS"], http =>
                {
                    http.Response.Headers.Allow = allow;
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    return Task.CompletedTask;
                })
                .WithMetadata(new EndpointAccess { IsAnonymous = true });
        }
    }

    private ApiRoute Map(string pattern, ApiHandler handler, params string[] methods)
    {
        if (!_methods.TryGetValue(pattern, out var known))
        {
            _methods[pattern] = known = new SortedSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(methods);
        var access = new EndpointAccess();
        var endpoint = endpoints
            .MapMethods(pattern, methods, http => _dispatcher.DispatchAsync(http, access, handler))
            .WithMetadata(access);
        return new ApiRoute(access, endpoint);
    }
}

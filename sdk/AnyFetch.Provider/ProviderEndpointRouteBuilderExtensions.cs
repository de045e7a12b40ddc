using AnyFetch.Provider.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Provider;

/// <summary>Maps the routes of a provider.</summary>
public static class ProviderEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every route of provider-protocol, section 1, under a prefix; the provider's public address must end with the
    /// same prefix.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="name">The name that the provider was added under.</param>
    /// <param name="prefix">The path prefix, for example <c>/providers/local-directory</c>; empty for the root.</param>
    /// <returns>The group, for conventions and for routes of the provider's own.</returns>
    public static RouteGroupBuilder MapAnyFetchProvider(
        this IEndpointRouteBuilder endpoints, string name, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var host = endpoints.ServiceProvider.GetRequiredKeyedService<ProviderHost>(name);
        var group = endpoints.MapGroup(prefix);
        ProviderRoutes.Map(group, host, prefix);
        return group;
    }
}

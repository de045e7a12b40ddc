using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Provider.Hosting;

/// <summary>Everything else under the prefix: unknown paths get the documented error shape.</summary>
internal static class UnknownRoutes
{
    public static void Map(RouteGroupBuilder group, ProviderHost host, string prefix)
    {
        // At the root of a host that serves other things the unknown belongs to them.
        if (prefix.Trim('/').Length == 0)
        {
            return;
        }

        group.MapFallback("{**path}", () => Reply.Error(
            StatusCodes.Status404NotFound, "ResourceNotFound", $"The provider {host.Name} has no such path."));
    }
}

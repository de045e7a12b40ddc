using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Frontend;
using AnyFetch.Manager.Marketplace;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager;

/// <summary>Every route of the manager.</summary>
public static class ManagerEndpoints
{
    /// <summary>Maps the manager: OAuth, sessions, pages and the web frontend.</summary>
    public static void MapManager(this IEndpointRouteBuilder routes)
    {
        routes.MapTokens();
        routes.MapMarketplace();
        routes.MapFrontend();
    }
}

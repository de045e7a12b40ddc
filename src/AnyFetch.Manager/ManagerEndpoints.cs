using AnyFetch.Manager.Applications;
using AnyFetch.Manager.Authorize;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Frontend;
using AnyFetch.Manager.Hydration;
using AnyFetch.Manager.Marketplace;
using AnyFetch.Manager.People;
using AnyFetch.Manager.Search;
using AnyFetch.Manager.Sessions;
using AnyFetch.Manager.Sources;
using AnyFetch.Manager.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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
        routes.MapSessions();
        routes.MapSignUp();
        routes.MapAuthorize();
        routes.MapConnect();
        routes.MapSources();
        routes.MapApplications();
        routes.MapTrust();
        routes.MapPeople();
        routes.MapIndex();
        routes.MapHydration();
        routes.MapExtraTokens();
    }

    /// <summary>
    /// Lets <c>GET /?bearer=TOKEN</c> sign in (auth-and-tenancy §4.4) where the API owns <c>/</c>: comes before the
    /// endpoints and leaves every other request alone.
    /// </summary>
    public static IApplicationBuilder UseBearerSignIn(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path == "/"
            && http.Request.QueryString.HasValue
            && await http.RequestServices.GetRequiredService<BearerSignIn>().TryAsync(http) is { } redirect)
        {
            await redirect.ExecuteAsync(http);
            return;
        }

        await next(http);
    });
}

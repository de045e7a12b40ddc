using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Provider;

/// <summary>Routes of a provider's own beside the protocol's, for example a proxy of thumbnails.</summary>
public interface IRouteProvider
{
    /// <summary>Maps them under the provider's prefix. Called once, before any account is known.</summary>
    /// <param name="routes">The provider's group.</param>
    /// <param name="accounts">Finds accounts when a request comes.</param>
    void MapRoutes(RouteGroupBuilder routes, SourceAccounts accounts);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Api.Providers;

/// <summary>
/// Keeps <c>/providers/documents</c>, the older documents API, apart from <c>/providers/{id}</c> for every verb.
/// </summary>
internal sealed class ProviderIdConstraint : IRouteConstraint
{
    public const string Name = "provider";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) =>
        values[routeKey] is string id && !id.Equals("documents", StringComparison.OrdinalIgnoreCase);
}

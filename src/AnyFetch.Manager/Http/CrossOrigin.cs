using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Http;

/// <summary>The headers that let a page of another origin call an endpoint (api.md §1). Safe: no cookie counts there.</summary>
internal static class CrossOrigin
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

    private const string Headers =
        "Accept, Accept-Version, Authorization, Content-Type, Api-Version, X-Requested-With";

    /// <summary>Adds the headers to every answer of the group.</summary>
    public static TBuilder WithCrossOrigin<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder =>
        group.AddEndpointFilter<TBuilder, Filter>();

    /// <summary>The answer to a browser that asks before it calls.</summary>
    public static IResult Preflight() => TypedResults.NoContent();

    private sealed class Filter : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var headers = context.HttpContext.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowCredentials = "true";
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            return next(context);
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Http;

/// <summary>
/// The headers of everything that a browser shows: scripts and styles from here only and never inline, nobody may put
/// the page into a frame, and no address leaks to where a link leads.
/// </summary>
internal static class PageHeaders
{
    /// <summary>Adds the headers to every answer of the group.</summary>
    public static TBuilder WithPageHeaders<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder =>
        group.AddEndpointFilter<TBuilder, Filter>();

    /// <summary>Sets the policy of a page.</summary>
    /// <param name="response">The page.</param>
    /// <param name="connect">An origin that its scripts may call beside this one; empty for none.</param>
    /// <param name="formTarget">
    /// Where its forms may end up beside this origin, such as <c>https://provider.example</c>. Browsers apply this to
    /// the redirects that follow a form as well.
    /// </param>
    public static void SetPolicy(HttpResponse response, string connect = "", string formTarget = "") =>
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
            + $"connect-src 'self'{Then(connect)}; form-action 'self'{Then(formTarget)}; "
            + "frame-ancestors 'none'; base-uri 'none'";

    private static string Then(string source) => source.Length == 0 ? "" : $" {source}";

    private sealed class Filter : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var response = context.HttpContext.Response;
            SetPolicy(response);
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            response.Headers.XFrameOptions = "DENY";
            return next(context);
        }
    }
}

using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Sessions;

/// <summary>What all pages share: strict headers, bounded forms that only our own pages can send, and the session.</summary>
internal static class PageGroup
{
    /// <summary>Pages for everybody.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("").WithPageHeaders().AddEndpointFilter(ReadSessionAsync).AddEndpointFilter(CheckFormAsync);

    /// <summary>Pages for those who are signed in; others sign in first and come back.</summary>
    public static RouteGroupBuilder MapSignedInPages(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("").WithPageHeaders().AddEndpointFilter(ReadSessionAsync).AddEndpointFilter(DemandSessionAsync)
            .AddEndpointFilter(CheckFormAsync);

    /// <summary>Pages for a company's administrators; others are told so.</summary>
    public static RouteGroupBuilder MapAdminPages(this IEndpointRouteBuilder routes) =>
        routes.MapSignedInPages().AddEndpointFilter(DemandAdminAsync);

    /// <summary>The hidden field that proves that a form came from us.</summary>
    public static Html Proof(this HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return Form.Hidden(tokens.FormFieldName, tokens.RequestToken);
    }

    private static async ValueTask<object?> ReadSessionAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;

        // In the words that the framework's forms want to see, or it warns about each page that has one.
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers.Pragma = "no-cache";
        var signIn = http.RequestServices.GetRequiredService<BearerSignIn>();
        if (await signIn.TryAsync(http) is { } redirect)
        {
            return redirect;
        }

        if (await http.RequestServices.GetRequiredService<SessionCookie>().ReadAsync(http, http.RequestAborted)
            is { } user)
        {
            Visitor.Set(http, user);
        }

        return await next(context);
    }

    private static async ValueTask<object?> DemandSessionAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity is { IsAuthenticated: true })
        {
            return await next(context);
        }

        var address = HttpMethods.IsGet(http.Request.Method)
            ? http.Request.Path + http.Request.QueryString.Value
            : "/manager";
        return TypedResults.Redirect($"/sign_in?return_to={Uri.EscapeDataString(address)}");
    }

    private static async ValueTask<object?> DemandAdminAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var user = Visitor.Of(context.HttpContext);
        return user.IsAdmin ? await next(context) : Page.Full(
            user,
            "For administrators",
            Html.Of($"""<p class="muted">Only administrators see this page.</p>"""),
            StatusCodes.Status403Forbidden);
    }

    private static async ValueTask<object?> CheckFormAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return await next(context);
        }

        return await IsFormOursAsync(http)
            ? await next(context)
            : Page.Card("This form is out of date", Html.Of($"""
                <p>It was opened before you signed in, or too long ago. Nothing was changed.</p>
                <a class="button primary" href="/manager">Start again</a>
                """), StatusCodes.Status400BadRequest);
    }

    private static async ValueTask<bool> IsFormOursAsync(HttpContext http)
    {
        var bytesMax = http.RequestServices.GetRequiredService<IOptions<ManagerOptions>>().Value.BodyBytesMax;
        if (http.Request.ContentLength is not { } length || length > bytesMax || !http.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions
            {
                BufferBodyLengthLimit = bytesMax,
                MultipartBodyLengthLimit = bytesMax,
                KeyLengthLimit = 256,
                ValueLengthLimit = bytesMax,
                ValueCountLimit = 64,
            }));
            await http.Request.ReadFormAsync(http.RequestAborted);
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (IOException e) when (e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            // A multipart body that ends before its last boundary.
            return false;
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Provider.Hosting;

/// <summary>Maps handlers behind one fence: not started yet, unreadable parameters, and faults have one answer each.</summary>
internal sealed class RouteTable(RouteGroupBuilder group, ProviderHost host)
{
    private readonly HashSet<string> _patterns = [];

    public void Map(string pattern, string[] verbs, Func<ProviderCall, CancellationToken, Task<IResult>> handler)
    {
        _patterns.Add(pattern);
        group.MapMethods(pattern, verbs, (Delegate)((HttpContext http) => RunAsync(http, handler))).DisableAntiforgery();
    }

    /// <summary>A known path with another verb is 405 in the documented shape; "/" belongs to the host when shared.</summary>
    public void RefuseOtherVerbs()
    {
        foreach (var pattern in _patterns.Where(pattern => pattern != "/"))
        {
            group.Map(pattern, () => Reply.Error(
                StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "This path does not support that method."));
        }
    }

    private async Task<IResult> RunAsync(
        HttpContext http, Func<ProviderCall, CancellationToken, Task<IResult>> handler)
    {
        var stops = http.RequestAborted;
        if (host.Runtime is not { } runtime)
        {
            http.Response.Headers.RetryAfter = "1";
            return Reply.Error(
                StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The provider is starting.");
        }

        // Addresses here may hold tokens and codes.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        var parameters = await RequestParameters.ReadAsync(http, runtime.Options.RequestBodyBytesMax, stops);
        if (parameters is null)
        {
            return Reply.Error(StatusCodes.Status400BadRequest, "BadRequest", "The body is not a form or a JSON object.");
        }

        try
        {
            return await handler(new ProviderCall(runtime, http, parameters), stops);
        }
        catch (Exception failure) when (
            failure is not OutOfMemoryException && !stops.IsCancellationRequested)
        {
            runtime.Log.RequestFaulted(failure);
            return Reply.Error(
                StatusCodes.Status500InternalServerError, "InternalServerError", "The provider failed unexpectedly.");
        }
    }
}

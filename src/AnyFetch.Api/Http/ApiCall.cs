using AnyFetch.Core.Authentication;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http;

/// <summary>One call of an API route: the request, and who makes it.</summary>
internal sealed class ApiCall(HttpContext http, Caller? caller, ApiOptions options)
{
    public HttpContext Http => http;

    public ApiOptions Options => options;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>Who calls. Only routes that let anybody in must not ask.</summary>
    public Caller Caller =>
        caller ?? throw new InvalidOperationException("The route lets anybody in, so there may be no caller.");

    /// <summary>The address of the API as the client sees it, without a trailing slash.</summary>
    public string BaseUrl => options.BaseUrl.Length > 0
        ? options.BaseUrl.TrimEnd('/')
        : $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}";

    /// <summary>A value of the route's pattern.</summary>
    public string PathValue(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>The last of the query's values with this name, or null.</summary>
    public string? Query(string name)
    {
        var values = http.Request.Query[name];
        return values.Count == 0 ? null : values[^1];
    }
}

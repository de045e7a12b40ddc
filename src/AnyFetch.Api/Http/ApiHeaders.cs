using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http;

/// <summary>The headers that every answer of the API carries, errors included (api.md §1, CORS).</summary>
public static class ApiHeaders
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

    private const string Names = "Accept, Accept-Version, Authorization, Content-Type, Api-Version, X-Requested-With";

    /// <summary>The headers by name, for answers that no middleware sees.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", Methods),
        ("Access-Control-Allow-Headers", Names),
        ("X-Content-Type-Options", "nosniff"),
    ];

    /// <summary>Puts them onto an answer.</summary>
    internal static void AddTo(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Names;
        headers.XContentTypeOptions = "nosniff";
    }
}

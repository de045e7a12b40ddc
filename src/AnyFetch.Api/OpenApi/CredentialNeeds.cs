using System.Text.Json.Nodes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.OpenApi;

/// <summary>What a route wants as proof of who calls, as OpenAPI's security requirements.</summary>
internal static class CredentialNeeds
{
    private const string Basic = "basic";
    private const string Bearer = "bearer";
    private const string QueryToken = "queryToken";
    private const string OAuth = "oauth2";
    private const string Session = "session";

    public static CredentialNeed Of(DescribedRoute route) => route.Description.Credentials
        ?? (route.Access is { IsAnonymous: false } ? CredentialNeed.Any : CredentialNeed.None);

    /// <summary>The alternatives; an empty one stands for no credentials.</summary>
    public static JsonArray Requirements(DescribedRoute route)
    {
        var need = Of(route);
        var scope = route.Access is { Scope: not Scopes.None and var scopes } ? ScopeNames.ToName(scopes) : null;
        var schemes = new List<string>();
        if (need is CredentialNeed.Any or CredentialNeed.Optional)
        {
            if (route.Access is not { IsTokenOnly: true })
            {
                schemes.Add(Basic);
            }

            if (route.Access is not { IsBasicOnly: true })
            {
                schemes.AddRange([Bearer, QueryToken, OAuth]);
            }
        }
        else if (need == CredentialNeed.Session)
        {
            schemes.Add(Session);
        }

        var alternatives = new JsonArray();
        if (need == CredentialNeed.Optional)
        {
            alternatives.Add((JsonNode)new JsonObject());
        }

        foreach (var scheme in schemes)
        {
            // A password has every scope, so that none is asked of it.
            var roles = scope is null || scheme is Basic or Session ? new JsonArray() : new JsonArray(scope);
            alternatives.Add((JsonNode)new JsonObject { [scheme] = roles });
        }

        return alternatives;
    }

    /// <summary>The document's <c>securitySchemes</c>.</summary>
    public static JsonObject Schemes()
    {
        var scopes = ScopeNames.ToNames(Scopes.All)
            .Select(s => KeyValuePair.Create(s, (JsonNode?)$"May {s.Replace('_', ' ')}."));
        return new JsonObject
        {
            [Basic] = Http("basic", "E-mail and password. Slower than a token; has every scope."),
            [Bearer] = Http("bearer", "An access token: the basic token of `GET /token`, or a client's token."),
            [QueryToken] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "query",
                ["name"] = "oauth_access_token",
                ["description"] = "The same token in the address, for images and tests. Addresses leak: prefer the header.",
            },
            [OAuth] = new JsonObject
            {
                ["type"] = "oauth2",
                ["description"] = "How an application gets a client's token. Tokens do not expire; there is no refresh token.",
                ["flows"] = new JsonObject
                {
                    ["authorizationCode"] = new JsonObject
                    {
                        ["authorizationUrl"] = "/oauth/authorize",
                        ["tokenUrl"] = "/oauth/access_token",
                        ["scopes"] = new JsonObject(scopes),
                    },
                },
            },
            [Session] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = "session",
                ["description"] = "A browser's session in the manager; the API itself takes no cookie.",
            },
        };
    }

    private static JsonObject Http(string scheme, string text) =>
        new() { ["type"] = "http", ["scheme"] = scheme, ["description"] = text };
}

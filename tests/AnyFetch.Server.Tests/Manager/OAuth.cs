using System.Net;
using System.Text.Json;
using System.Web;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The steps of the authorization-code flow.</summary>
internal static class OAuth
{
    public const string Callback = "https://app.example/callback?kept=1";

    public static async Task<(Core.Clients.Client Client, string Secret)> AddAppAsync(
        this TestServer server,
        string redirectUri = Callback,
        Scopes scopes = Scopes.ReadDocuments | Scopes.ReadTokens,
        bool isPublic = false)
    {
        var (client, secret) = await server.AddClientAsync("Reader", redirectUri: redirectUri, scopes: scopes);
        client = client with { IsOAuthApp = true, IsPublic = isPublic };
        await server.Get<IClientStore>().PutAsync(client, null, default);
        return (client, secret);
    }

    public static string AuthorizePath(Core.Clients.Client client, string more = "", string? redirectUri = null) =>
        $"/oauth/authorize?client_id={client.Id}&response_type=code"
        + $"&redirect_uri={Uri.EscapeDataString(redirectUri ?? client.RedirectUri)}{more}";

    /// <summary>Consents and returns where the browser is sent.</summary>
    public static async Task<Uri> ConsentAsync(this Browser browser, string path, string decision = "allow")
    {
        var page = await browser.OpenAsync(path);
        using var answer = await browser.SubmitAsync(page, ("decision", decision));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>A code for an application, by consent.</summary>
    public static async Task<string> GetCodeAsync(this Browser browser, Core.Clients.Client client, string more = "") =>
        (await browser.ConsentAsync(AuthorizePath(client, more))).Parameter("code")!;

    public static string? Parameter(this Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name];

    public static async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)> ExchangeAsync(
        this TestServer server,
        params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        var answer = await server.Http.PostAsync("/oauth/access_token", form);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer);
    }

    public static Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)> ExchangeAsync(
        this TestServer server,
        Core.Clients.Client client,
        string secret,
        string code,
        params (string Name, string Value)[] more) => server.ExchangeAsync(
        [
            ("grant_type", "authorization_code"), ("client_id", client.Id.ToString()), ("client_secret", secret),
            ("code", code), .. more,
        ]);

    public static async Task<string> GetTokenAsync(
        this TestServer server,
        Core.Clients.Client client,
        string secret,
        string code)
    {
        var (status, body, _) = await server.ExchangeAsync(client, secret, code);
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("access_token").GetString()!;
    }

    /// <summary>What the API answers to a token.</summary>
    public static async Task<HttpStatusCode> StatusOfAsync(this TestServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }
}

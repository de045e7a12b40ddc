using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.OpenApi;

/// <summary>One server with one of everything, and the document that it gives out.</summary>
public sealed class OpenApiServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    /// <summary>A provider's token of the administrator with every scope.</summary>
    public string Token { get; private set; } = "";

    public AccessToken Provider { get; private set; } = null!;

    public JsonElement Document { get; private set; }

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        (Provider, Token) = await Server.AddTokenAsync(scopes: Scopes.All);
        Document = JsonDocument.Parse(await Server.Http.GetStringAsync(new Uri(Server.Url, "openapi/v1.json"))).RootElement;
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

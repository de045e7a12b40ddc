using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AnyFetch.Server.Tests.Manager;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Server.Tests.Api;

/// <summary>What a company says of its providers reaches them with each update, whoever asks for it.</summary>
public sealed class UpdateTermsTests : ApiTest
{
    [Fact]
    public async Task A_companys_junk_and_its_cap_reach_a_provider_and_a_reset_does_too()
    {
        await using var provider = await ProviderServer.StartAsync();
        var (token, secret) = await Server.AddTokenAsync(providerUrl: provider.Url);
        await ChangeAsync("""{"documents_per_update":17,"junk_names":["*.log","b\u00e4d \"x\""],"junk_folders":[]}""");
        var update = (await PostAsync("/company/update", "{}", AdminBasic)).Is(200);
        Assert.Equal(202, update.Json.GetProperty(Server.AdminUser.Id.ToString()).GetProperty(token.Id.ToString()).GetInt32());

        var told = Assert.Single(provider.Updates);
        Assert.Equal(secret, told.GetProperty("access_token").GetString());
        Assert.Equal(17, told.GetProperty("documents_per_update").GetInt32());
        Assert.Equal(["*.log", "bäd \"x\""], Texts(told.GetProperty("junk_names")));
        Assert.Equal(JsonValueKind.Array, told.GetProperty("junk_folders").ValueKind);
        Assert.Empty(Texts(told.GetProperty("junk_folders")));

        await ChangeAsync("""{"junk_names":null,"junk_folders":null}""");
        (await PostAsync("/user/update", "{}", AdminBasic)).Is(200);
        told = provider.Updates.Last();
        Assert.Equal(2, provider.Updates.Count);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("junk_names").ValueKind);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("junk_folders").ValueKind);
    }

    [Fact]
    public async Task The_buttons_of_the_manager_say_the_same()
    {
        await using var provider = await ProviderServer.StartAsync();
        var (token, _) = await Server.AddTokenAsync(providerUrl: provider.Url);
        await ChangeAsync("""{"documents_per_update":17,"junk_folders":["old"]}""");
        using var browser = await Browser.SignedInAsync(Server);
        var page = await browser.OpenAsync($"/manager/sources/{token.Id}");
        foreach (var action in (string[])["update", "full", "dry-run", "pause"])
        {
            using var answer = await browser.SubmitAsync(page, $"form[action$='/do/{action}']");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.All(provider.Updates, told =>
        {
            Assert.Equal(17, told.GetProperty("documents_per_update").GetInt32());
            Assert.Equal(["old"], Texts(told.GetProperty("junk_folders")));
            Assert.Equal(JsonValueKind.Null, told.GetProperty("junk_names").ValueKind);
        });
        Assert.Equal([null, "full", "dry_run"], provider.Updates.Select(Flag));
        Assert.False(Assert.Single(provider.Schedules).TryGetProperty("junk_folders", out _));
    }

    private async Task ChangeAsync(string settings) => (await SendAsync("PATCH", "/company", settings, AdminBasic)).Is(200);

    private static string? Flag(JsonElement update) =>
        Array.Find(["full", "dry_run"], name => update.TryGetProperty(name, out var value) && value.GetString() == "1");

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>A provider's own server, which remembers what it was asked for.</summary>
    private sealed class ProviderServer(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<JsonElement> Updates { get; } = [];

        public ConcurrentQueue<JsonElement> Schedules { get; } = [];

        public string Url => app.Urls.Single();

        public static async Task<ProviderServer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new ProviderServer(app);
            app.MapPost("/update", http => KeepAsync(http, server.Updates));
            app.MapPost("/account/schedule", http => KeepAsync(http, server.Schedules));
            app.MapGet("/account", http => http.Response.WriteAsync("{}"));
            await app.StartAsync();
            return server;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();

        private static async Task KeepAsync(HttpContext http, ConcurrentQueue<JsonElement> calls)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            calls.Enqueue(body.RootElement.Clone());
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }
}

using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Somebody else's hydrater behind a real port; it answers when the test says so.</summary>
internal sealed class FakeExternalHydrater : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private WebApplication? _app;

    internal ConcurrentQueue<JsonElement> Calls { get; } = new();

    internal int Status { get; set; } = 202;

    internal string Url => $"{_app!.Urls.First()}/hydrate";

    internal static async Task<FakeExternalHydrater> StartAsync()
    {
        var hydrater = new FakeExternalHydrater();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/hydrate", async (HttpContext http) =>
        {
            var call = await JsonDocument.ParseAsync(http.Request.Body);
            var status = hydrater.Status;
            hydrater.Calls.Enqueue(call.RootElement.Clone());
            return Results.StatusCode(status);
        });
        await app.StartAsync();
        hydrater._app = app;
        return hydrater;
    }

    internal async Task<int> AnswerAsync(JsonElement call, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.PatchAsync(call.GetProperty("callback").GetString(), content);
        return (int)response.StatusCode;
    }

    internal async Task<(int Status, string Body)> DownloadAsync(JsonElement call)
    {
        using var response = await _client.GetAsync(call.GetProperty("file_path").GetString());
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
    }
}

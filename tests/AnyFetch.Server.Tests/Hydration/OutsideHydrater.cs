using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Somebody else's hydrater on a port of this machine; it answers when the test says so.</summary>
internal sealed class OutsideHydrater : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private readonly Channel<JsonElement> _calls = Channel.CreateUnbounded<JsonElement>();
    private readonly WebApplication _app;

    private OutsideHydrater(WebApplication app) => _app = app;

    internal string Url => $"{_app.Urls.First()}/hydrate";

    internal static async Task<OutsideHydrater> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hydrater = new OutsideHydrater(builder.Build());
        hydrater._app.MapPost("/hydrate", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            await hydrater._calls.Writer.WriteAsync(body.RootElement.Clone());
            return Results.StatusCode(202);
        });
        await hydrater._app.StartAsync();
        return hydrater;
    }

    /// <summary>The next task that it is called with.</summary>
    internal async Task<JsonElement> NextAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        return await _calls.Reader.ReadAsync(limit.Token);
    }

    internal static string TokenOf(JsonElement call) => call.GetProperty("document").GetProperty("access_token").GetString()!;

    internal async Task<int> AnswerAsync(JsonElement call, string json = "{}")
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await _http.PatchAsync(call.GetProperty("callback").GetString(), content);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}

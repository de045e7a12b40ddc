using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>A server with prepared answers; status -1 breaks the connection.</summary>
public sealed class Canned : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Canned(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<string> Targets { get; } = new();

    public static async Task<Canned> StartAsync(Func<string, (int Status, string Body)> answer, string? retryAfter = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        var server = new Canned(app);
        app.Run(async http =>
        {
            var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
            server.Targets.Enqueue(target);
            var (status, body) = answer(target);
            if (status < 0)
            {
                http.Abort();
                return;
            }

            http.Response.StatusCode = status;
            if (retryAfter is not null && status is 429 or 503)
            {
                http.Response.Headers.RetryAfter = retryAfter;
            }

            if (body.Length > 0)
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(body);
            }
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

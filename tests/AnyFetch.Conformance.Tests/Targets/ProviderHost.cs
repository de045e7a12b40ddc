using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>
/// A provider on this machine that the server under test calls: it answers each update with a status of the test's
/// choice and notes what it was asked.
/// </summary>
public sealed class ProviderHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _requests = [];

    private ProviderHost(WebApplication app, string url)
    {
        _app = app;
        Url = url;
    }

    /// <summary>The provider's own address.</summary>
    public string Url { get; }

    /// <summary>The callback to register it with.</summary>
    public string RedirectUri => Url + "/init/connect";

    /// <summary>What every request is answered with.</summary>
    public int Status { get; set; } = StatusCodes.Status202Accepted;

    /// <summary>Verbs and paths of the requests so far.</summary>
    public string[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<ProviderHost> StartAsync()
    {
        var host = TargetServers.Variable("HOST") ?? "127.0.0.1";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(host == "127.0.0.1" ? IPAddress.Loopback : IPAddress.Any, 0));
        var app = builder.Build();
        ProviderHost? provider = null;
        app.Run(http =>
        {
            provider!.Note($"{http.Request.Method} {http.Request.Path}");
            http.Response.StatusCode = provider.Status;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        provider = new ProviderHost(app, $"http://{host}:{new Uri(address).Port}");
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Note(string request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }
    }
}

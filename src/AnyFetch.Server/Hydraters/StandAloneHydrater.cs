using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Http;
using AnyFetch.Hydraters;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Http;
using AnyFetch.Server.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Hydraters;

/// <summary>One built-in hydrater as an HTTP server of its own, without a store (hydration.md §9).</summary>
public static class StandAloneHydrater
{
    private const string DefaultUrl = "http://127.0.0.1:8090";

    /// <summary>The names that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. BuiltInHydraters.All.Select(h => h.ShortName).Order()];

    /// <summary>A server that is ready to be started; null when no hydrater has the name.</summary>
    /// <exception cref="ConfigurationFaultException">What the environment says of the hydrater cannot be used.</exception>
    public static WebApplication? Build(StandAloneHydraterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (BuiltInHydraters.All.FirstOrDefault(h => h.ShortName == settings.Name) is not { } builtIn)
        {
            return null;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddAnyFetchLog(new LogOptions());
        var addresses = builder.AddHttp(
            new ServerOptions { Urls = settings.Urls ?? DefaultUrl, PublicUrl = settings.PublicUrl }, new HttpOptions());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddAnyFetchHydraterHost(options => Configure(options, settings, addresses));
        var configuration = BuiltInHydraterSections.Load(Environment.GetEnvironmentVariables());
        BuiltInHydraterSections.Register(builder.Services, configuration);
        builtIn.Add(builder.Services);
        builder.Services.AddSingleton(provider => new BuiltInIsolation(
            new HydraterHostingOptions(),
            BuiltInHydraterSections.SettingsOf(configuration),
            TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>()));
        var app = builder.Build();
        app.MapAnyFetchHydrater(
            app.Services.GetRequiredService<BuiltInIsolation>().Isolate(app.Services.GetRequiredService<IHydrater>()));
        return app;
    }

    /// <summary>Where it is called.</summary>
    public static Uri UrlOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var name = app.Services.GetRequiredService<IHydrater>().Descriptor.ShortName;
        return new Uri(app.Services.GetRequiredService<ListenAddresses>().PublicUrl, $"hydraters/{name}/hydrate");
    }

    private static void Configure(
        HydraterHostOptions options, StandAloneHydraterSettings settings, ListenAddresses addresses)
    {
        foreach (var host in settings.AllowedHosts)
        {
            options.AllowedPrivateHosts.Add(host);
        }

        if (settings.Core is { } core)
        {
            options.AllowedPrivateHosts.Add(core.Host);
            options.PublicUrl = addresses.PublicUrl;
            options.Core = settings.Token is { } token ? new AnyFetchClient(core, AnyFetchCredentials.Bearer(token)) : null;
        }
    }
}

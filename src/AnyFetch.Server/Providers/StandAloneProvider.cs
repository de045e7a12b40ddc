using AnyFetch.Provider;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Http;
using AnyFetch.Server.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Providers;

/// <summary>One built-in provider as an HTTP server of its own, with its own store (provider-protocol §8).</summary>
public static class StandAloneProvider
{
    private const string DefaultUrl = "http://127.0.0.1:8091";

    /// <summary>The names that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. BuiltInProvider.All.Select(p => p.Name).Order()];

    /// <summary>A server that is ready to be started; null when no provider has the name.</summary>
    /// <exception cref="ConfigurationFaultException">A setting that the provider needs is missing.</exception>
    public static WebApplication? Build(StandAloneProviderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (BuiltInProvider.All.FirstOrDefault(p => p.Name == settings.Name) is not { } provider)
        {
            return null;
        }

        var configuration = ServerConfiguration.Load(settings.Configuration, OptionSections.All);
        var missing = provider.MissingKeys(configuration);
        if (missing.Count > 0)
        {
            throw new ConfigurationFaultException([.. missing.Select(key => $"{key} is missing: see the provider's README.")]);
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddAnyFetchLog(new LogOptions());
        var addresses = builder.AddHttp(
            new ServerOptions { Urls = settings.Urls ?? DefaultUrl, PublicUrl = settings.PublicUrl }, new HttpOptions());
        builder.Services.AddSingleton(TimeProvider.System);
        var data = (configuration.Get<ServerOptions>() ?? new ServerOptions()).Data;
        provider.Add(builder.Services, configuration, data, options =>
        {
            ProviderHostingOptions.Apply(configuration, options);
            Configure(options, settings, addresses, data);
        });
        var app = builder.Build();
        app.MapAnyFetchProvider(provider.Name);
        return app;
    }

    /// <summary>Where it is reached: what the application's redirect address at the manager begins with.</summary>
    public static Uri UrlOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ListenAddresses>().PublicUrl;
    }

    private static void Configure(
        AnyFetchProviderOptions options, StandAloneProviderSettings settings, ListenAddresses addresses, string data)
    {
        options.AppId = settings.AppId ?? "";
        options.AppSecret = settings.AppSecret ?? "";
        options.ProviderUrl = addresses.PublicUrl.AbsoluteUri.TrimEnd('/');
        options.StoreDirectory = Path.Combine(data, "providers", settings.Name);
        if (settings.Core is { } core)
        {
            options.ManagerUrl = core.AbsoluteUri;
            options.ApiUrl = core.AbsoluteUri;
        }
    }
}

using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Search;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Http;
using AnyFetch.Hydraters;
using AnyFetch.Hydration;
using AnyFetch.Hydration.Workers;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Http;
using AnyFetch.Server.Setup;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Hydraters;

/// <summary>Adds the hydration engine and the built-in hydraters, in process and over HTTP.</summary>
internal static class HydraterExtensions
{
    public static IServiceCollection AddHydration(
        this IServiceCollection services,
        ServerOptions server,
        HydraterHostingOptions hosting,
        ListenAddresses addresses,
        IConfiguration configuration)
    {
        services.AddBuiltInHydraters();
        services.AddSingleton(provider => new BuiltInIsolation(
            hosting,
            BuiltInHydraterSections.SettingsOf(configuration),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<HydrationMeter>();
        services.AddSingleton<BuiltInHydraterRecords>();
        services.AddSingleton(static provider => provider.GetRequiredService<BuiltInHydraterRecords>().Defaults);
        services.AddSingleton<HydraterCatalog>();
        services.AddSingleton<IHtmlSanitizer, LibraryHtmlSanitizer>();
        // A node of workers alone has nobody to ask on its own machine.
        var core = server.Has(ServerOptions.Api) ? addresses.LocalUrl : addresses.PublicUrl;
        foreach (var hydrater in BuiltInHydraters.All)
        {
            services.AddSingleton<IInProcessHydrater>(provider => Adapt(provider, hydrater.ShortName, core));
        }

        services.AddAnyFetchHydration(options =>
        {
            if (options.BaseUrl == ServerConfiguration.OwnUrl)
            {
                options.BaseUrl = addresses.PublicUrl.AbsoluteUri;
            }
        });
        if (server.Has(ServerOptions.Worker))
        {
            services.AddAnyFetchHydrationWorkers();
        }

        services.AddAnyFetchHydraterHost(options =>
        {
            options.QueueLengthMax = hosting.QueueLengthMax;
            options.DrainSeconds = server.ShutdownSeconds;
            foreach (var host in hosting.AllowedPrivateHosts)
            {
                options.AllowedPrivateHosts.Add(host);
            }
        });
        return services;
    }

    public static void MapHydraters(this IEndpointRouteBuilder routes, HydraterHostingOptions hosting)
    {
        if (hosting.Http)
        {
            var isolation = routes.ServiceProvider.GetRequiredService<BuiltInIsolation>();
            foreach (var hydrater in routes.ServiceProvider.GetServices<IHydrater>())
            {
                routes.MapAnyFetchHydrater(isolation.Isolate(hydrater));
            }
        }
    }

    private static InProcessHydraterAdapter Adapt(IServiceProvider provider, string shortName, Uri core)
    {
        var hydrater = provider.GetRequiredService<BuiltInIsolation>()
            .Isolate(provider.GetServices<IHydrater>().Single(h => h.Descriptor.ShortName == shortName));
        var records = provider.GetRequiredService<BuiltInHydraterRecords>();
        var record = records.All.Single(r => r.ShortName == shortName);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger($"AnyFetch.Hydrater.{shortName}");
        return new InProcessHydraterAdapter(
            new InProcessHydrater(hydrater, null, provider.GetRequiredService<TimeProvider>(), logger),
            hydrater.Descriptor.NeedsFile,
            record.Url,
            core,
            provider.GetService<ISearchIndex>(),
            company => records.FiltersFor(hydrater.Descriptor, company),
            provider.GetRequiredService<HydrationMeter>());
    }
}

using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Search.Following;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Health;
using AnyFetch.Server.Metrics;
using AnyFetch.Server.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Server.Operator;

/// <summary>Adds what the server's operator needs: health, metrics, the key of the data directory, a graceful stop.</summary>
internal static class OperationsExtensions
{
    public static IServiceCollection AddOperations(this IServiceCollection services, ServerOptions server)
    {
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(server.ShutdownSeconds);
            host.ServicesStopConcurrently = true;
        });
        services.AddSingleton(new OperatorKey(server.Data));
        services.AddSingleton<StartTime>();
        services.AddSingleton<FailedDocuments>();
        services.AddSingleton<PrometheusExporter>();

        // A node that only works has no search index.
        services.AddSingleton(provider => new StoreGauges(
            provider.GetRequiredService<IWorkQueue>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetService<SearchLag>()));
        services.AddSingleton(provider => new Readiness(
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetService<SearchLag>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

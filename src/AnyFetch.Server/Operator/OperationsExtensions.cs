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
        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton<StoreGauges>();
        services.AddSingleton<Readiness>();
        return services;
    }
}

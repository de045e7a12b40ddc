using System.Collections.ObjectModel;
using AnyFetch.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Health;

/// <summary>What machines ask about the server.</summary>
internal static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        // It counts from now on, not from when somebody first asks.
        _ = routes.ServiceProvider.GetRequiredService<PrometheusExporter>();
        routes.MapMethods("/health/live", s_getOrHead, Live).WithMetadata(HealthDescriptions.Live);
        routes.MapMethods("/health/ready", s_getOrHead, ReadyAsync).WithMetadata(HealthDescriptions.Ready);
        routes.MapMethods("/metrics", s_getOrHead, MetricsAsync).WithMetadata(HealthDescriptions.Metrics);
        return routes;
    }

    private static readonly string[] s_getOrHead = ["GET", "HEAD"];

    /// <summary>The process answers: that is all that is asked.</summary>
    private static JsonHttpResult<HealthReport> Live() =>
        TypedResults.Json(new HealthReport("ok", ReadOnlyDictionary<string, string>.Empty), HealthJson.Default.HealthReport);

    private static async Task<JsonHttpResult<HealthReport>> ReadyAsync(
        Readiness readiness,
        CancellationToken cancellationToken)
    {
        var report = await readiness.CheckAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Json(
            report,
            HealthJson.Default.HealthReport,
            statusCode: report.IsOk ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<ContentHttpResult> MetricsAsync(
        PrometheusExporter exporter,
        StoreGauges gauges,
        CancellationToken cancellationToken)
    {
        await gauges.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Text(exporter.Write(), "text/plain; version=0.0.4; charset=utf-8");
    }
}

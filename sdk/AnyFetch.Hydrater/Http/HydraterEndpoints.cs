using System.Text.Json;
using AnyFetch.Hydrater.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>Hosts hydraters in an ASP.NET Core application (hydration.md §5).</summary>
public static class HydraterEndpoints
{
    /// <summary>Adds what <see cref="MapAnyFetchHydrater"/> needs. Call it once.</summary>
    public static IServiceCollection AddAnyFetchHydraterHost(
        this IServiceCollection services, Action<HydraterHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = new HydraterHostOptions();
            configure?.Invoke(options);
            return new HydraterHosts(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddHostedService(provider => provider.GetRequiredService<HydraterHosts>());
        return services;
    }

    /// <summary>
    /// Maps <c>POST {path}/hydrate</c> and <c>GET {path}/status</c> for one hydrater. The path defaults to
    /// <c>/hydraters/{short name}</c>.
    /// </summary>
    public static RouteGroupBuilder MapAnyFetchHydrater(
        this IEndpointRouteBuilder endpoints, IHydrater hydrater, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(hydrater);
        var hosts = endpoints.ServiceProvider.GetRequiredService<HydraterHosts>();
        var host = hosts.Add(hydrater);
        if (host.Unavailable is { } reason)
        {
            var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("AnyFetch.Hydrater");
            RunnerLog.Unavailable(logger, hydrater.Descriptor.ShortName, reason);
        }

        var group = endpoints.MapGroup(path ?? $"/hydraters/{hydrater.Descriptor.ShortName}");
        group.MapPost("/hydrate", context => HydrateAsync(context, host, hosts.Options));
        group.MapGet("/status", context => StatusAsync(context, host));
        return group;
    }

    private static async Task HydrateAsync(HttpContext context, HydraterHost host, HydraterHostOptions options)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.BodyBytesMax;
        }

        HydrateRequest? request;
        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            request = HydrateRequest.Read(body.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A text that is no Unicode is an invalid operation to the reader.
            await ErrorAsync(context, StatusCodes.Status400BadRequest, "InvalidContent", "The body is not JSON.")
                .ConfigureAwait(false);
            return;
        }

        if (request is null)
        {
            await ErrorAsync(context, StatusCodes.Status409Conflict, "MissingParameter", "Missing parameter: callback")
                .ConfigureAwait(false);
        }
        else if (host.Unavailable is { } reason)
        {
            await ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", reason)
                .ConfigureAwait(false);
        }
        else if (!host.TryEnqueue(request))
        {
            await ErrorAsync(
                context, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The hydrater takes no more tasks now.")
                .ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Connection = "close";
        }
    }

    private static async Task StatusAsync(HttpContext context, HydraterHost host)
    {
        context.Response.ContentType = "application/json";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            var (pending, processing) = host.Load;
            var reason = host.Unavailable;
            writer.WriteStartObject();
            writer.WriteString("status", reason is null ? "ok" : "unavailable");
            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteNumber("pending", pending);
            writer.WriteNumber("processing", processing);
            writer.WriteNumber("queued_items", pending);
            writer.WriteEndObject();
        }
    }

    private static async Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }
    }
}

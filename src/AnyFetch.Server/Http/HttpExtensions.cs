using System.Diagnostics;
using AnyFetch.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Http;

/// <summary>Sets Kestrel up.</summary>
internal static class HttpExtensions
{
    /// <summary>How long a slow body is let be before its rate is looked at.</summary>
    private const int SlowBodyGraceSeconds = 10;

    public static ListenAddresses AddHttp(this WebApplicationBuilder builder, ServerOptions server, HttpOptions options)
    {
        var addresses = new ListenAddresses(server);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel, options);
            kestrel.ConfigureEndpointDefaults(RejectedRequests.Use);
            RejectedRequests.Watch(kestrel.ApplicationServices.GetRequiredService<DiagnosticListener>());
            addresses.Listen(kestrel);
        });
        builder.Services.AddSingleton(addresses);
        builder.Services.AddRouting();
        return addresses;
    }

    private static void SetLimits(KestrelServerOptions kestrel, HttpOptions options)
    {
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.ConnectionsMax;
        limits.MaxRequestLineSize = options.RequestLineBytesMax;
        limits.MaxRequestHeadersTotalSize = options.HeaderBytesMax;
        limits.MaxRequestHeaderCount = options.HeadersMax;
        limits.MaxRequestBufferSize = Math.Max(1024 * 1024, options.RequestLineBytesMax);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderTimeoutSeconds);
        limits.MinRequestBodyDataRate = options.BodyBytesPerSecondMin == 0
            ? null
            : new MinDataRate(options.BodyBytesPerSecondMin, TimeSpan.FromSeconds(SlowBodyGraceSeconds));
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
    }
}

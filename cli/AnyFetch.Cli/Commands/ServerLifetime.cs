using AnyFetch.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AnyFetch.Cli.Commands;

/// <summary>Keeps a server running until it is asked to stop, and stops it gracefully.</summary>
internal static class ServerLifetime
{
    /// <summary>Returns when the server is to stop: after Ctrl-C or SIGTERM, or when a part of it failed.</summary>
    public static async Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var asked = cancellationToken.Register(() => stopped.TrySetResult());
        using var failed = app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await stopped.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes what is at work, or hands it back, within the configured time.</summary>
    public static async Task StopAsync(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        using var deadline = new CancellationTokenSource(
            TimeSpan.FromSeconds(options.ShutdownSeconds), app.Services.GetRequiredService<TimeProvider>());
        await app.StopAsync(deadline.Token).ConfigureAwait(false);
    }
}

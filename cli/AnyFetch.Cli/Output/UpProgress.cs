using AnyFetch.Server.Directories;
using Microsoft.AspNetCore.Builder;

namespace AnyFetch.Cli.Output;

/// <summary>Watches a directory being fetched, hydrated and indexed, and tells about it.</summary>
internal sealed class UpProgress(
    WebApplication app,
    DirectoryConnection connection,
    string directory,
    DateTimeOffset since,
    IUpOutput output)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_restInterval = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = TimeProvider.System;

    public static IUpOutput OutputFor(bool json) =>
        json ? new JsonUpOutput() : Console.IsOutputRedirected ? new PlainUpOutput() : new LiveUpOutput();

    /// <summary>Returns when everything that is in the directory is searchable.</summary>
    public async Task ShowUntilDoneAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var meter = new UpMeter();
        while (true)
        {
            var step = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (step is not null)
            {
                var elapsed = _time.GetElapsedTime(began);
                var view = meter.Measure(step, elapsed);
                if (step.IsDone)
                {
                    output.Done(view, directory);
                    return;
                }

                output.Show(view);
            }

            await Task.Delay(s_interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells about later changes until the server stops.</summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        output.Watching();
        long? run = null;
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(s_restInterval, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested || await ReadAsync(CancellationToken.None).ConfigureAwait(false) is not { } step)
            {
                continue;
            }

            var current = step.Progress.Run;
            if (step.IsDone && current is not null && run is not null && current.Id != run
                && current.Sent + current.Deleted + current.Failed > 0)
            {
                output.Changed(current, _time.GetLocalNow());
            }

            run = step.IsDone ? current?.Id : run;
        }
    }

    private async Task<UpStep?> ReadAsync(CancellationToken cancellationToken)
    {
        var progress = await connection.ReadAsync(since, cancellationToken).ConfigureAwait(false);
        return progress is null
            ? null
            : new UpStep(progress, await WorkLeft.CountAsync(app, cancellationToken).ConfigureAwait(false));
    }
}

/// <summary>What was read at one moment.</summary>
internal sealed record UpStep(DirectoryProgress Progress, WorkLeft Work)
{
    public bool IsDone => Progress.IsIdle && Work is { HydrationsLeft: 0, IsSearchable: true };
}

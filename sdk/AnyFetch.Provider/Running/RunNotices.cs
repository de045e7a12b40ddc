using AnyFetch.Client;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>Tells the core how a run ended (provider-protocol, section 6). Best effort: the run is over either way.</summary>
internal sealed class RunNotices(ProviderRuntime runtime, AccountRow account, RunRequest request)
{
    private static readonly AnyFetchClientOptions Patience = new() { RetriesMax = 2, TimeoutSeconds = 10 };

    public async Task SendAsync(RunEnd end, RunReport report, CancellationToken cancellationToken)
    {
        if (end == RunEnd.Canceled || account.Token is null)
        {
            return;
        }

        var core = runtime.CreateCore(account.Token, request, Patience);
        try
        {
            if (end == RunEnd.RefreshRequired)
            {
                await core.ReportRefreshNeededAsync(cancellationToken);
                return;
            }

            await core.TrackProviderUpdatedAsync(Times(report), cancellationToken);
        }
        catch (Exception failure) when (
            failure is AnyFetchException or HttpRequestException or TimeoutException or OperationCanceledException)
        {
            runtime.Log.NoticeFailed(account.Id, FailureKinds.CodeOf(failure));
        }
    }

    private ProviderUpdatedReport Times(RunReport report)
    {
        var requested = DateTimeOffset.FromUnixTimeMilliseconds(request.RequestedAt);
        var ended = report.Ended ?? report.Started;
        return new ProviderUpdatedReport
        {
            // A provider without checkpoints never has a cursor: its first success tells as well.
            IsFirst = account.Cursor is null && account.LastSuccess is null,
            TimeSpentOnQueue = Milliseconds(report.Started - requested),
            TimeSpentOnTasks = Milliseconds(ended - report.Started),
            TotalTimeSpent = Milliseconds(ended - requested),
        };
    }

    // A clock that jumps back must not produce a negative time.
    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}

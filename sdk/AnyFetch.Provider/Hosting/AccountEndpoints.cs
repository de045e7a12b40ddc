using System.Text.Json;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>Progress and history of one account (provider-protocol, section 9).</summary>
internal static class AccountEndpoints
{
    private static readonly TimeSpan EventInterval = TimeSpan.FromSeconds(1);

    public static Task<IResult> GetAccountAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account => Results.Json(
                await DescribeAsync(call.Runtime, account, cancellationToken), ProviderJson.Default.AccountReply),
            cancellationToken);

    public static Task<IResult> GetRunsAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account => Results.Json(
                new RunsReply(await call.Runtime.Store.Runs.ListAsync(
                    account.Id, call.Runtime.Options.RunsMax, cancellationToken)),
                ProviderJson.Default.RunsReply),
            cancellationToken);

    /// <summary>Server-sent events: the account as <c>GET /account</c> shows it, at most once a second, when it changed.</summary>
    public static Task<IResult> GetEventsAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            account => Task.FromResult<IResult>(new EventStream(call.Runtime, account.Id)), cancellationToken);

    private static async Task<AccountReply> DescribeAsync(
        ProviderRuntime runtime, AccountRow account, CancellationToken cancellationToken)
    {
        // The run before what it leaves behind: one that ends meanwhile counts as at work still, never as over without its outcome.
        var handle = runtime.Scheduler.Find(account.Id);
        account = await runtime.Store.Accounts.FindAsync(account.Id, cancellationToken) ?? account;
        var history = await runtime.Store.Runs.ListAsync(account.Id, 1, cancellationToken);
        var last = handle?.Run?.Report() ?? (history.Count > 0 ? history[0] : null);
        var state = account.RequireRefresh ? "refresh_required"
            : handle is null ? "idle"
            : handle.Run is null ? "queued"
            : handle.Run.IsPaused ? "paused" : "updating";
        return new AccountReply
        {
            AccountName = account.Name,
            State = state,
            Run = last,
            Backlog = await runtime.Store.Items.CountAsync(account.Id, operation: null, cancellationToken),
            Known = await runtime.Store.Ledger.CountAsync(account.Id, cancellationToken),
            Errors = await runtime.Store.Errors.CountAsync(account.Id, cancellationToken),
            LastUpdate = Date(account.LastUpdate),
            LastSuccess = Date(account.LastSuccess),
            LastError = account.LastError,
            PausedUntil = Date(account.PausedUntil),
            EtaSeconds = handle?.Run?.EtaSeconds(),
            ItemsPerSecond = handle?.Run?.ItemsPerSecond(),
            NextRun = Date(account.NextRun),
            Schedule = account.Schedule,
            PruneBlocked = account.RunRequest is { Force: true }
                ? null // The question is answered: a run with the answer waits or is under way.
                : await runtime.Store.Accounts.FindPruneBlockedAsync(account.Id, cancellationToken),
        };
    }

    private static DateTimeOffset? Date(long? milliseconds) =>
        milliseconds is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value);

    private sealed class EventStream(ProviderRuntime runtime, long accountId) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var stops = CancellationTokenSource.CreateLinkedTokenSource(
                httpContext.RequestAborted, runtime.Scheduler.Stops);
            httpContext.Response.ContentType = "text/event-stream";
            var last = "";
            while (!stops.IsCancellationRequested
                && await runtime.Store.Accounts.FindAsync(accountId, stops.Token) is { } account)
            {
                var reply = await DescribeAsync(runtime, account, stops.Token);
                var text = JsonSerializer.Serialize(reply, ProviderJson.Default.AccountReply);
                if (text != last)
                {
                    await httpContext.Response.WriteAsync($"event: account\ndata: {text}\n\n", stops.Token);
                    await httpContext.Response.Body.FlushAsync(stops.Token);
                    last = text;
                }

                await Task.Delay(EventInterval, runtime.Time, stops.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary><c>GET /status</c>: counts, never names.</summary>
internal static class StatusEndpoints
{
    private static readonly string Version =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "0";

    public static async Task<IResult> GetStatusAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        var waiting = await call.Runtime.Store.Items.CountByAccountAsync(cancellationToken);
        var queues = waiting.OrderBy(entry => entry.Key).Select(entry => Queue(call, entry.Key, entry.Value)).ToList();
        var (pending, processing) = call.Runtime.Scheduler.Count();
        var reply = new StatusReply(
            new QueueReply(pending, processing), queues, queues.Sum(queue => queue.Pending), "ok", Version);
        return Results.Json(reply, ProviderJson.Default.StatusReply);
    }

    private static QueueReply Queue(ProviderCall call, long account, long queued)
    {
        var processing = call.Runtime.Scheduler.Find(account)?.Run?.InFlight ?? 0;
        return new QueueReply(Math.Max(0, queued - processing), processing);
    }
}

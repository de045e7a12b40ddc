using System.Threading.Channels;
using AnyFetch.Provider.Sending;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>
/// The sending of one run: hands queued items to tasks, at most <c>Concurrency</c> at once and never two of the same
/// identifier. Results are stored in passing; many share one transaction.
/// </summary>
internal sealed class SendingStep(ActiveRun run, ItemSender sender)
{
    private const int ClaimItemsMax = 64;

    private readonly SettlingStep _settling = new(run);

    /// <summary>Returns when the listing ended and nothing that this run may send is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var items = Channel.CreateBounded<ItemRow>(Math.Max(1, run.Options.Concurrency));
        var tasks = Enumerable.Range(0, Math.Max(1, run.Options.Concurrency))
            .Select(_ => Task.Run(() => WorkAsync(items.Reader, cancellationToken), cancellationToken)).ToArray();
        try
        {
            await DispatchAsync(items.Writer, cancellationToken);
        }
        finally
        {
            items.Writer.TryComplete();
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Surfaces what a task threw outside its own fence.
        await Task.WhenAll(tasks);
        await _settling.FlushAsync();
    }

    private async Task DispatchAsync(ChannelWriter<ItemRow> items, CancellationToken cancellationToken)
    {
        while (true)
        {
            await run.Gate.WaitAsync(cancellationToken);
            var pulse = run.Pulse.Next;

            // Read before the claim: what the listing queued before it ended is then in the claim's sight.
            var listed = run.IsListed;
            var claim = new ItemClaim(
                run.Account.Id, run.RunId, run.Now(), ClaimItemsMax, run.AdditionsLeft,
                OnlyOwn: !listed && !run.IsListingHeld, run.DeletesUpTo, run.InFlight);
            var claimed = await run.Store.Items.ClaimAsync(claim, cancellationToken);
            foreach (var item in claimed.Items)
            {
                run.InFlight[item.Identifier] = true;
                if (item is { Operation: ItemOperation.Upsert } && _settling.Counted.TryAdd(item.Identifier, true))
                {
                    run.CountAddition();
                }
            }

            foreach (var item in claimed.Items)
            {
                await items.WriteAsync(item, cancellationToken);
            }

            if (claimed.Items.Count > 0)
            {
                continue;
            }

            if (listed && claimed.NothingInFlight && claimed.NextRetry is null)
            {
                return;
            }

            await WaitAsync(pulse, claimed.NextRetry, cancellationToken);
        }
    }

    private async Task WaitAsync(Task pulse, long? nextRetry, CancellationToken cancellationToken)
    {
        if (nextRetry is null)
        {
            await pulse.WaitAsync(cancellationToken);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var due = TimeSpan.FromMilliseconds(Math.Max(1, nextRetry.Value - run.Now()));
        await Task.WhenAny(pulse, Task.Delay(due, run.Time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task WorkAsync(ChannelReader<ItemRow> items, CancellationToken cancellationToken)
    {
        await foreach (var item in items.ReadAllAsync(cancellationToken))
        {
            await run.Gate.WaitAsync(cancellationToken);
            var outcome = await sender.SendAsync(item, cancellationToken);
            await _settling.SettleAsync(item, outcome, cancellationToken);
        }
    }
}

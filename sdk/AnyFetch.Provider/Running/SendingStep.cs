using System.Threading.Channels;
using AnyFetch.Client;
using AnyFetch.Provider.Sending;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>
/// The sending of one run: hands queued items to tasks, at most <c>Concurrency</c> at once and never two of the same
/// identifier; items that need nothing but the core go many at once. Results are stored in passing; many share one
/// transaction.
/// </summary>
internal sealed class SendingStep
{
    private const int ClaimItemsMin = 64;
    private const int PageCharactersMax = 1024 * 1024;

    private readonly ActiveRun _run;
    private readonly ItemSender _sender;
    private readonly SettlingStep _settling;
    private readonly PageSender _pages;

    public SendingStep(ActiveRun run, ItemSender sender, DocumentsClient core)
    {
        _run = run;
        _sender = sender;
        _settling = new SettlingStep(run);
        _pages = new PageSender(run, sender, _settling, core);
    }

    /// <summary>Returns when the listing ended and nothing that this run may send is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var items = Channel.CreateBounded<IReadOnlyList<ItemRow>>(Math.Max(1, _run.Options.Concurrency));
        var tasks = Enumerable.Range(0, Math.Max(1, _run.Options.Concurrency))
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

    private async Task DispatchAsync(ChannelWriter<IReadOnlyList<ItemRow>> items, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _run.Gate.WaitAsync(cancellationToken);
            var pulse = _run.Pulse.Next;

            // Read before the claim: what the listing queued before it ended is then in the claim's sight.
            var listed = _run.IsListed;
            var held = _run.IsListingHeld;
            var deletesUpTo = _run.DeletesUpTo;
            var mayAdd = listed || held || !_run.Options.SendAfterListing;
            var claim = new ItemClaim(
                _run.Account.Id, _run.RunId, _run.Now(), Math.Max(ClaimItemsMin, _run.Options.PageItemsMax),
                mayAdd ? _run.AdditionsLeft : 0,
                OnlyOwn: !listed && !held, deletesUpTo, held ? long.MaxValue : deletesUpTo, _run.InFlight);
            var claimed = await _run.Store.Items.ClaimAsync(claim, cancellationToken);
            foreach (var item in claimed.Items)
            {
                _run.InFlight[item.Identifier] = true;
                if (item is { Operation: ItemOperation.Upsert } && _settling.Counted.TryAdd(item.Identifier, true))
                {
                    _run.CountAddition();
                }
            }

            foreach (var work in Divide(claimed.Items))
            {
                await items.WriteAsync(work, cancellationToken);
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
        var due = TimeSpan.FromMilliseconds(Math.Max(1, nextRetry.Value - _run.Now()));
        await Task.WhenAny(pulse, Task.Delay(due, _run.Time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Alone or in a page: what one task does at once.
    private IEnumerable<IReadOnlyList<ItemRow>> Divide(IReadOnlyList<ItemRow> items)
    {
        var page = new List<ItemRow>();
        var characters = 0;
        foreach (var item in items)
        {
            if (!_pages.Takes(item))
            {
                yield return [item];
                continue;
            }

            page.Add(item);
            characters += item.Payload?.Length ?? 0;
            if (page.Count >= _run.Options.PageItemsMax || characters > PageCharactersMax)
            {
                yield return page;
                (page, characters) = ([], 0);
            }
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }

    private async Task WorkAsync(ChannelReader<IReadOnlyList<ItemRow>> items, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(items, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody would settle what this task had: the run would wait for it for ever.
            _run.Log.RunFaulted(_run.Account.Id, failure);
            _run.Abort(RunEnd.Failed, "Sending stopped because of an internal fault.");
            throw;
        }
    }

    private async Task DoAsync(ChannelReader<IReadOnlyList<ItemRow>> items, CancellationToken cancellationToken)
    {
        await foreach (var work in items.ReadAllAsync(cancellationToken))
        {
            var pass = await _run.Gate.WaitAsync(cancellationToken);
            if (work.Count > 1)
            {
                await _pages.SendAsync(work, pass, cancellationToken);
                continue;
            }

            var outcome = await _sender.SendAsync(work[0], cancellationToken);
            await _settling.SettleAsync(work[0], outcome, pass, cancellationToken);
        }
    }
}

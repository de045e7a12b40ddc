using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>Makes, renews and ends what accounts are subscribed to at their source (<see cref="ISubscriber"/>).</summary>
internal sealed class SubscriptionSet(ProviderRuntime runtime) : IDisposable
{
    // After a start all accounts look at once: the source is asked for a few at a time.
    private const int AtOnceMax = 8;

    // The error list has one place for it per account.
    private const string ErrorIdentifier = "subscription";

    // Looked at now and then, whatever a clock that was set or a machine that slept did to longer waits.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    // A source whose subscriptions end at once is not asked without a pause.
    private static readonly TimeSpan LookSoon = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _places = new(AtOnceMax);
    private readonly ISubscriber? _subscriber = runtime.Provider as ISubscriber;

    /// <summary>Keeps one account subscribed until it is stopped.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="changed">Called when a subscription begins: what changed before nobody told of.</param>
    /// <param name="stops">The account was removed, or the host stops.</param>
    public async Task KeepAsync(long accountId, Action changed, CancellationToken stops)
    {
        while (_subscriber is { } subscriber && !stops.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await LookAsync(subscriber, accountId, changed, stops);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stops.IsCancellationRequested)
            {
                wait = await FailedAsync(accountId, failure);
            }

            await Task.Delay(wait < LookAgain ? wait : LookAgain, runtime.Time, stops);
        }
    }

    /// <summary>Ends what an account was subscribed to, unless another account needs it. Its failure is logged.</summary>
    public async Task EndAsync(AccountRow account, CancellationToken cancellationToken)
    {
        if (_subscriber is null || account.Subscription is not { } subscription)
        {
            return;
        }

        try
        {
            var all = await runtime.Store.Accounts.ListAsync(cancellationToken);
            if (!all.Any(other => other.Id != account.Id && other.Subscription?.Id == subscription.Id))
            {
                var source = runtime.CreateSource(account, readOnly: true);
                await _subscriber.UnsubscribeAsync(source, subscription, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            runtime.Log.UnsubscribeFailed(account.Id, FailureKinds.CodeOf(failure), FailureKinds.ReasonOf(failure));
        }
    }

    public void Dispose() => _places.Dispose();

    // Returns how long everything is in order.
    private async Task<TimeSpan> LookAsync(
        ISubscriber subscriber, long accountId, Action changed, CancellationToken stops)
    {
        if (await runtime.Store.Accounts.FindAsync(accountId, stops) is not { Token: not null, RequireRefresh: false } account)
        {
            return LookAgain;
        }

        var now = runtime.Time.GetUtcNow();
        var target = subscriber.SubscriptionTarget(WebAddress.Join(runtime.Identity.ProviderUrl, "webhook"));
        var current = account.Subscription;
        if (current is null ? target is null : current.Target == target && current.RenewAt > now)
        {
            return current is null ? LookAgain : current.RenewAt - now;
        }

        await ReplaceAsync(subscriber, account, target, changed, stops);
        return LookSoon;
    }

    private async Task ReplaceAsync(
        ISubscriber subscriber, AccountRow account, string? target, Action changed, CancellationToken stops)
    {
        var made = target is null ? null : await SubscribeAsync(subscriber, account, target, stops);

        // Not to be cancelled: what the source keeps and nobody remembers cannot be ended.
        await runtime.Store.Accounts.SaveSubscriptionAsync(account.Id, made, CancellationToken.None);
        await runtime.Store.Errors.ClearAsync(account.Id, ErrorIdentifier, CancellationToken.None);
        if (made is not null)
        {
            runtime.Log.Subscribed(account.Id, made.RenewAt);
        }

        if (made?.Id == account.Subscription?.Id)
        {
            return;
        }

        await EndAsync(account, stops);
        if (made is not null)
        {
            changed();
        }
    }

    private async Task<Subscription> SubscribeAsync(
        ISubscriber subscriber, AccountRow account, string target, CancellationToken stops)
    {
        await _places.WaitAsync(stops);
        try
        {
            var source = runtime.CreateSource(account, readOnly: false);
            return await subscriber.SubscribeAsync(source, target, stops) with { Target = target };
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<TimeSpan> FailedAsync(long account, Exception failure)
    {
        runtime.Log.SubscribeFailed(account, FailureKinds.CodeOf(failure), FailureKinds.ReasonOf(failure));
        var retry = TimeSpan.FromMinutes(Math.Max(1, runtime.Options.SubscriptionRetryMinutes));
        try
        {
            var error = new ErrorRow
            {
                Identifier = ErrorIdentifier,
                Title = "Notices of changes",
                Stage = "subscribe",
                Code = FailureKinds.CodeOf(failure),
                Message = failure.Message,
                Attempts = 1,
                LastSeen = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                Retryable = false,
            };
            await runtime.Store.Errors.PutAsync(account, error, runtime.Options.ErrorsMax, CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The store itself may be what failed.
            runtime.Log.RunFaulted(account, fault);
        }

        return FailureKinds.RetryAfterOf(failure) is { } asked && asked > retry ? asked : retry;
    }
}

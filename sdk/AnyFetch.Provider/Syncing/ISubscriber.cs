namespace AnyFetch.Provider;

/// <summary>
/// The subscription contract, for sources that send notices of an account only while they are asked to: a channel, a watch.
/// The library makes the subscription when an account is connected, stores it encrypted, renews it in time, goes on with it
/// after a restart and ends it with the account. Its failure fails no run: the account is still updated by its schedule, the
/// error list says what is wrong, and it is tried again after <see cref="AnyFetchProviderOptions.SubscriptionRetryMinutes"/>.
/// </summary>
public interface ISubscriber : IWebhook
{
    /// <summary>Where the source sends its notices, as it is configured now. A stored subscription with another target is replaced.</summary>
    /// <param name="webhookUrl">The public address of this provider's <c>/webhook</c>, as its options give it.</param>
    /// <returns>An address, a topic or whatever the source knows; null when none are wanted, which ends what was stored.</returns>
    string? SubscriptionTarget(string webhookUrl);

    /// <summary>
    /// Makes an account's subscription, or renews the one that it has (<see cref="SourceAccount.Subscription"/>). When the
    /// answer has another <see cref="Subscription.Id"/>, the earlier one is ended once this one is stored.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="target">What <see cref="SubscriptionTarget"/> said.</param>
    /// <param name="cancellationToken">Stops the call: the account was removed, or the host stops.</param>
    /// <exception cref="SourceException">The source refused.</exception>
    Task<Subscription> SubscribeAsync(SourceAccount account, string target, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a subscription: it was replaced, its account was removed, or no notices are wanted any more. Best effort, and not
    /// called while another account has one of the same <see cref="Subscription.Id"/>.
    /// </summary>
    /// <param name="account">The account that had it.</param>
    /// <param name="subscription">What is to end.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task UnsubscribeAsync(SourceAccount account, Subscription subscription, CancellationToken cancellationToken);
}

using System.Text;
using System.Text.Json;
using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.Gmail;

/// <summary>Gmail's notices: a mailbox is watched, and Cloud Pub/Sub delivers what Gmail publishes about it.</summary>
internal sealed class GmailNotices(GmailProviderOptions options, GmailClient client, TimeProvider time) : ISubscriber
{
    private const int Accepted = 204;
    private const int Unreadable = 400;
    private const int Unproven = 401;
    private const int Refused = 403;
    private const int TryAgain = 503;

    // As Gmail advises, although a watch lasts a week.
    private static readonly TimeSpan RenewAfterMost = TimeSpan.FromDays(1);

    private readonly PubSubTokens _tokens = new(options, client.Google, time);

    /// <summary>The topic that Gmail publishes to; null when there is none.</summary>
    public string? SubscriptionTarget(string webhookUrl) => options.NoticeTopic.Length > 0 ? options.NoticeTopic : null;

    /// <summary>Watches a mailbox, or goes on watching it. All accounts of a mailbox share its watch.</summary>
    public async Task<Subscription> SubscribeAsync(
        SourceAccount account, string target, CancellationToken cancellationToken)
    {
        if (account.Subscription is { Resource: { } earlier } && earlier != target)
        {
            // Gmail takes another topic only once it was told to leave the one before.
            await client.StopAsync(account, cancellationToken);
        }

        var now = time.GetUtcNow();
        var watch = await client.WatchAsync(account, target, cancellationToken);
        var renew = GoogleDates.RenewAfter(now, watch.Expiration);
        return new Subscription(MailboxOf(account), now + (renew < RenewAfterMost ? renew : RenewAfterMost))
        {
            Resource = target,
        };
    }

    /// <summary>Ends the watch of a mailbox, which must be the one that the account is connected to.</summary>
    public Task UnsubscribeAsync(SourceAccount account, Subscription subscription, CancellationToken cancellationToken) =>
        subscription.Id == MailboxOf(account) ? client.StopAsync(account, cancellationToken) : Task.CompletedTask;

    /// <summary>What a call means: a change of the mailbox that it names. Of a mailbox of nobody's, no second call is wanted.</summary>
    public async Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        if (options.NoticeTopic.Length == 0)
        {
            return new WebhookReply(Refused);
        }

        try
        {
            var proof = await _tokens.CheckAsync(call.Headers.GetValueOrDefault("Authorization"), cancellationToken);
            if (proof != PubSubProof.Ours)
            {
                return new WebhookReply(proof == PubSubProof.None ? Unproven : Refused);
            }
        }
        catch (Exception failure) when (failure is SourceException or HttpRequestException or TimeoutException)
        {
            // Without Google's keys nothing is proven and nothing disproven: Pub/Sub delivers it again.
            return new WebhookReply(TryAgain);
        }

        return call.Method == "POST" && MailboxOf(call.Body.Span) is { Length: > 0 } mailbox
            ? new WebhookReply(Accepted)
            {
                Concerns = account => MailboxOf(account).Equals(mailbox, StringComparison.OrdinalIgnoreCase),
            }
            : new WebhookReply(Unreadable);
    }

    private static string MailboxOf(SourceAccount account) => account.Text(GoogleConnection.EmailMember) ?? account.Name;

    private static string? MailboxOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var call = JsonSerializer.Deserialize(body, GmailJson.Default.PubSubCall);

            // Pub/Sub writes base64 as it always was, Gmail's reference speaks of the form for addresses.
            var data = Convert.FromBase64String((call?.Message?.Data ?? "").Replace('-', '+').Replace('_', '/'));
            return JsonSerializer.Deserialize(Encoding.UTF8.GetString(data), GmailJson.Default.GmailNotice)?.EmailAddress;
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            return null;
        }
    }
}

using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>Drive's notices: one channel per account, whose id and token each notice carries in its headers.</summary>
internal sealed class DriveNotices(GoogleDriveProviderOptions options, GoogleDriveClient client, TimeProvider time)
    : ISubscriber
{
    // The first call of a channel, by which Drive tries the address.
    private const string FirstCall = "sync";

    private const int Accepted = 204;
    private const int Unreadable = 400;
    private const int Refused = 403;

    private static readonly string[] PrivateNames = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    /// <summary>Where Drive can send notices; null when it cannot, or none are wanted.</summary>
    public string? SubscriptionTarget(string webhookUrl)
    {
        var address = options.NoticeUrl.Length > 0 ? options.NoticeUrl : webhookUrl;
        return options.Notices && IsPublic(address) ? address : null;
    }

    /// <summary>
    /// Whether Drive can call an address: it takes nothing but https, with a certificate that the world believes, and so a
    /// name that the world knows.
    /// </summary>
    public static bool IsPublic(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.HostNameType == UriHostNameType.Dns
        && uri.IdnHost.Contains('.', StringComparison.Ordinal)
        && !PrivateNames.Any(name => uri.IdnHost.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a channel: one cannot be renewed, but another one can begin before it ends.</summary>
    public async Task<Subscription> SubscribeAsync(
        SourceAccount account, string target, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wanted = new DriveChannel(Guid.NewGuid().ToString())
        {
            Type = "web_hook",
            Address = target,
            Token = Subscription.NewSecret(),
            Expiration = now.AddHours(options.NoticeHoursMax).ToUnixTimeMilliseconds(),
        };
        var made = await client.WatchAsync(account, wanted, cancellationToken);
        return new Subscription(wanted.Id, now + GoogleDates.RenewAfter(now, made.Expiration))
        {
            Secret = wanted.Token, Resource = made.ResourceId,
        };
    }

    /// <summary>Ends a channel.</summary>
    public Task UnsubscribeAsync(SourceAccount account, Subscription subscription, CancellationToken cancellationToken) =>
        client.StopAsync(account, new DriveChannel(subscription.Id) { ResourceId = subscription.Resource }, cancellationToken);

    /// <summary>What a call means: a change of the account whose channel it is of.</summary>
    public Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken) =>
        Task.FromResult(Read(call));

    private static WebhookReply Read(WebhookCall call)
    {
        if (call.Method != "POST"
            || !call.Headers.TryGetValue("X-Goog-Channel-ID", out var channel)
            || !call.Headers.TryGetValue("X-Goog-Resource-State", out var state))
        {
            return new WebhookReply(Unreadable);
        }

        // Nothing changed, and the channel may be so new that it is not stored: a refusal would say that it works for nobody.
        if (state == FirstCall)
        {
            return new WebhookReply(Accepted);
        }

        var token = call.Headers.GetValueOrDefault("X-Goog-Channel-Token", "");
        return new WebhookReply(Accepted)
        {
            StatusForNobody = Refused,
            Concerns = account => account.Subscription is { } ours && ours.Sent(channel, token),
        };
    }
}

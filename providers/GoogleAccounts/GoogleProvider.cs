using System.Text.Json.Nodes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>How any of Google's services is connected, and asked to tell of changes.</summary>
public abstract class GoogleProvider : IConnector, ISubscriber, IDisposable
{
    private readonly GoogleConnection _google;
    private readonly ISubscriber _notices;

    private protected GoogleProvider(GoogleConnection google, ISubscriber notices) =>
        (_google, _notices) = (google, notices);

    /// <inheritdoc />
    public void Dispose()
    {
        _google.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_google.Begin(request));

    /// <inheritdoc />
    public Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken) =>
        _google.CompleteAsync(reply, cancellationToken);

    /// <inheritdoc />
    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceData);
        return _google.RevokeAsync(serviceData, cancellationToken);
    }

    /// <inheritdoc />
    public string? SubscriptionTarget(string webhookUrl) => _notices.SubscriptionTarget(webhookUrl);

    /// <inheritdoc />
    public Task<Subscription> SubscribeAsync(
        SourceAccount account, string target, CancellationToken cancellationToken) =>
        _notices.SubscribeAsync(account, target, cancellationToken);

    /// <inheritdoc />
    public Task UnsubscribeAsync(
        SourceAccount account, Subscription subscription, CancellationToken cancellationToken) =>
        _notices.UnsubscribeAsync(account, subscription, cancellationToken);

    /// <inheritdoc />
    public Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken) =>
        _notices.ReceiveAsync(call, cancellationToken);
}

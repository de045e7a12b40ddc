using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>What a scripted provider does; a test sets the parts it needs.</summary>
public sealed class Script
{
    public Func<SyncContext, CancellationToken, IAsyncEnumerable<SyncItem>> Sync { get; set; } =
        (_, _) => AsyncEnumerable.Empty<SyncItem>();

    public Func<SyncItem.Upsert, FetchContext, CancellationToken, Task<FetchResult>> Fetch { get; set; } =
        (item, _, _) => Task.FromResult<FetchResult>(new FetchResult.Send(
            new DocumentDraft { Metadata = new JsonObject { ["title"] = item.Identifier } }, null));

    public Func<ConnectRequest, Task<ConnectStart>> Begin { get; set; } = request => Task.FromResult(
        new ConnectStart($"https://source.test/consent?state={request.State}", new JsonObject { ["kept"] = "pre" }));

    public Func<ConnectReply, Task<ConnectedSource>> Complete { get; set; } = _ => Task.FromResult(
        new ConnectedSource("ann@source.test", new JsonObject { ["refresh"] = "r1" }));

    public Func<WebhookCall, WebhookReply> Receive { get; set; } = _ => new WebhookReply(200);

    /// <summary>What the source is told about where notices go; null orders none.</summary>
    public Func<string, string?> Target { get; set; } = _ => null;

    public Func<SourceAccount, string, Subscription> Subscribe { get; set; } = (_, _) => throw new InvalidOperationException();

    public Action<SourceAccount, Subscription> Unsubscribe { get; set; } = (_, _) => { };

    public Func<string, IReadOnlyCollection<string>?> Members { get; set; } = _ => [];

    public int Revoked { get; set; }

    /// <summary>A listing of fixed items.</summary>
    public void Yields(params SyncItem[] items) => Sync = (_, _) => items.ToAsyncEnumerable();
}

/// <summary>A provider over a script.</summary>
public sealed class ScriptedProvider(Script script) : IProvider, IConnector, IDocumentFetcher, IGroupSource, ISubscriber
{
    public Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken) =>
        Task.FromResult(script.Receive(call));

    public string? SubscriptionTarget(string webhookUrl) => script.Target(webhookUrl);

    public Task<Subscription> SubscribeAsync(SourceAccount account, string target, CancellationToken cancellationToken) =>
        Task.FromResult(script.Subscribe(account, target));

    public Task UnsubscribeAsync(SourceAccount account, Subscription subscription, CancellationToken cancellationToken)
    {
        script.Unsubscribe(account, subscription);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken) =>
        script.Sync(context, cancellationToken);

    public Task<FetchResult> FetchAsync(SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken) =>
        script.Fetch(item, context, cancellationToken);

    public Task<IReadOnlyCollection<string>?> ListMembersAsync(
        string group, FetchContext context, CancellationToken cancellationToken) => Task.FromResult(script.Members(group));

    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        script.Begin(request);

    public Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken) =>
        script.Complete(reply);

    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        script.Revoked++;
        return Task.CompletedTask;
    }
}

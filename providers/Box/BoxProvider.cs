using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Box;

/// <summary>Sends the files of a Box account (providers specification, section 8), and follows them by Box' events.</summary>
public sealed class BoxProvider
    : IProvider, IConnector, IDocumentFetcher, ISingleFetch, IGroupSource, IWebhook, IDisposable
{
    private const string UserMember = "user_id";

    private readonly BoxProviderOptions _options;
    private readonly BoxClient _client;
    private readonly BoxNotices _notices;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Box.</param>
    /// <param name="timeProvider">The clock.</param>
    public BoxProvider(IOptions<BoxProviderOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new BoxClient(_options, timeProvider);
        _notices = new BoxNotices(_options, timeProvider);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <inheritdoc />
    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ConnectStart(_client.OAuth.AuthorizeUrl(request)));

    /// <inheritdoc />
    public async Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        var tokens = await _client.OAuth.ExchangeAsync(reply, cancellationToken);
        var user = await _client.GetUserAsync(tokens.AccessToken, cancellationToken);
        if (user is not { Id: { Length: > 0 } id, Login: { Length: > 0 } login })
        {
            throw new ConnectException("Box did not say whose account it is.");
        }

        var data = _client.Session.Begin(tokens);
        data[UserMember] = id;
        return new ConnectedSource(login, data);
    }

    /// <inheritdoc />
    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceData);
        return (string?)serviceData["refresh_token"] is { } token
            ? _client.RevokeAsync(token, cancellationToken)
            : Task.CompletedTask;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoxListing(_client, _options, context).RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var file = BoxDocuments.CanDownload(item) ? Content(context.Account, item) : null;
        return Task.FromResult<FetchResult>(new FetchResult.Send(BoxDocuments.Draft(item), file));
    }

    /// <inheritdoc />
    public async Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        return identifier.Length > 0 && identifier.All(char.IsAsciiDigit)
            && await _client.FindFileAsync(context.Account, identifier, cancellationToken) is { } file
                ? await new BoxReaders(_client, _options, context).DescribeAsync(file, cancellationToken)
                : null;
    }

    /// <inheritdoc />
    public Task<IReadOnlyCollection<string>?> ListMembersAsync(
        string group, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _client.ListMembersAsync(context.Account, group, cancellationToken);
    }

    /// <inheritdoc />
    public Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken) =>
        Task.FromResult(_notices.Read(call, account => account.Text(UserMember)));

    // A note's own form is of no use to anybody else: what travels is its text.
    private DocumentFile? Content(SourceAccount account, SyncItem.Upsert item)
    {
        var path = BoxDocuments.Path(item);
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!BoxNote.IsNote(name))
        {
            return new DocumentFile
            {
                Name = name,
                Length = BoxDocuments.Size(item),
                Open = async token => await _client.OpenAsync(account, item.Identifier, token),
            };
        }

        return BoxDocuments.Size(item) > _options.NoteBytesMax ? null : new DocumentFile
        {
            Name = BoxNote.TextName(name),
            Open = async token => await BoxNote.ReadAsync(
                await _client.OpenAsync(account, item.Identifier, token), _options.NoteBytesMax, token),
        };
    }
}

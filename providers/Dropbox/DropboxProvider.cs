using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Dropbox;

/// <summary>Sends the files of a Dropbox (providers specification, section 2), and follows them by Dropbox' own cursor.</summary>
public sealed class DropboxProvider
    : IProvider, IConnector, IDocumentFetcher, IGroupSource, ISingleFetch, IWebhook, IRouteProvider, IDisposable
{
    private const string AccountMember = "account_id";

    private readonly DropboxProviderOptions _options;
    private readonly DropboxClient _client;
    private readonly DropboxImages _images;
    private readonly DropboxNotices _notices;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Dropbox.</param>
    /// <param name="timeProvider">The clock.</param>
    public DropboxProvider(IOptions<DropboxProviderOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new DropboxClient(_options, timeProvider);
        _images = new DropboxImages(_options, _client);
        _notices = new DropboxNotices(_options);
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
        var account = await _client.GetAccountAsync(tokens.AccessToken, cancellationToken);
        if (account.AccountId is not { Length: > 0 } id)
        {
            throw new ConnectException("Dropbox did not say whose account it is.");
        }

        var data = _client.Session.Begin(tokens);
        data[AccountMember] = id;
        if (account.RootInfo is { RootNamespaceId: { } root } info && root != info.HomeNamespaceId)
        {
            data[DropboxClient.RootMember] = root;
        }

        return new ConnectedSource(account.Email ?? "unknown", data);
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
    public async IAsyncEnumerable<SyncItem> SyncAsync(
        SyncContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var account = AccountId(context.Account);
        var cursor = context.Cursor;
        var readers = _options.Permissions ? new DropboxReaders(_client, context.Account) : null;
        for (var hasMore = true; hasMore;)
        {
            var page = await _client.ListAsync(context.Account, cursor, cancellationToken);
            foreach (var entry in page.Entries)
            {
                foreach (var item in DropboxDocuments.Describe(account, entry, context))
                {
                    yield return readers is not null && item is SyncItem.Upsert file
                        ? await readers.AddAsync(file, entry, cancellationToken)
                        : item;
                }
            }

            (cursor, hasMore) = (page.Cursor, page.HasMore);
            yield return new SyncItem.Checkpoint(cursor);
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own pages counts as such.
        yield return new SyncItem.ListingComplete();
    }

    /// <inheritdoc />
    public Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var file = DropboxItem.Read(item);
        var hasThumbnail = _options.Thumbnails && file.HasThumbnail;
        var draft = DropboxDocuments.Draft(
            file,
            hasThumbnail ? _images.AddressOf(context, file, DropboxImages.Small) : null,
            hasThumbnail ? _images.AddressOf(context, file, DropboxImages.Large) : null);
        return Task.FromResult<FetchResult>(new FetchResult.Send(draft, Content(context.Account, file)));
    }

    /// <inheritdoc />
    public async Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        var root = DropboxDocuments.Identifier(AccountId(context.Account), "");
        if (!identifier.StartsWith(root + "/", StringComparison.Ordinal)
            || await _client.FindAsync(context.Account, identifier[root.Length..], cancellationToken) is not { } entry)
        {
            return null;
        }

        var item = DropboxDocuments.ToUpsert(identifier, entry);
        return _options.Permissions
            ? await new DropboxReaders(_client, context.Account).AddAsync(item, entry, cancellationToken)
            : item;
    }

    /// <inheritdoc />
    public Task<IReadOnlyCollection<string>?> ListMembersAsync(
        string group, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return DropboxReaders.ListMembersAsync(_client, context.Account, group, cancellationToken);
    }

    /// <inheritdoc />
    public Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken) =>
        Task.FromResult(_notices.Read(call, account => account.Text(AccountMember)));

    /// <inheritdoc />
    public void MapRoutes(RouteGroupBuilder routes, SourceAccounts accounts) => _images.Map(routes, accounts);

    private DocumentFile Content(SourceAccount account, DropboxItem file) => new()
    {
        Name = file.FileName,
        Length = file.Length,
        Open = async token => await _client.OpenAsync(account, file.Id, file.ExportFormat, file.IsExport, token),
    };

    private static string AccountId(SourceAccount account) =>
        account.Text(AccountMember) ?? throw new TokenException("The account does not know its Dropbox: reconnect it.");
}

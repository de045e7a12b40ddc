using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Evernote;

/// <summary>Sends the notes of an Evernote (providers specification, section 7), and follows them by their sequence numbers.</summary>
public sealed class EvernoteProvider : IProvider, IConnector, IDocumentFetcher, ISingleFetch, IDisposable
{
    private readonly EvernoteProviderOptions _options;
    private readonly EvernoteClient _client;
    private readonly EvernoteDocuments _documents;
    private readonly EvernotePictures _pictures;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Evernote.</param>
    /// <param name="timeProvider">The clock.</param>
    public EvernoteProvider(IOptions<EvernoteProviderOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new EvernoteClient(_options, timeProvider);
        _documents = new EvernoteDocuments(_options);
        _pictures = new EvernotePictures(_client, _documents, _options);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <inheritdoc />
    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        _client.OAuth.BeginAsync(request, cancellationToken);

    /// <inheritdoc />
    public async Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        var tokens = await _client.OAuth.ExchangeAsync(reply, cancellationToken);
        if (!tokens.Answer.TryGetValue("edam_noteStoreUrl", out var address)
            || !Uri.TryCreate(address, UriKind.Absolute, out var store) || store.Scheme != _options.ServiceUrl.Scheme)
        {
            throw new ConnectException("Evernote did not say where the notes are.");
        }

        var name = await _client.GetUserNameAsync(tokens.Token, cancellationToken);
        return new ConnectedSource(
            name.Length > 0 ? name : "unknown",
            new JsonObject
            {
                [EvernoteClient.TokenMember] = tokens.Token,
                [EvernoteClient.NoteStoreMember] = store.AbsoluteUri,
            });
    }

    /// <inheritdoc />
    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceData);
        return (string?)serviceData[EvernoteClient.TokenMember] is { } token
            ? _client.RevokeAsync(token, cancellationToken)
            : Task.CompletedTask;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new EvernoteListing(_client, _documents, context).ReadAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task<FetchResult> FetchAsync(SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var queued = EvernoteItem.Read(item);
        return queued.ResourceId is { } resource
            ? Task.FromResult<FetchResult>(
                new FetchResult.Send(_documents.Draft(queued), Content(context.Account, queued, resource)))
            : FetchNoteAsync(queued, context, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        var id = identifier.Split('/')[0];
        if (!Guid.TryParseExact(id, "D", out _)
            || await _client.FindNoteAsync(
                context.Account, id, withContent: false, withData: false, cancellationToken) is not { IsTrashed: false } note)
        {
            return null;
        }

        var names = await EvernoteNames.LoadAsync(_client, context.Account, cancellationToken);
        return _documents.Describe(note, names, context).OfType<SyncItem.Upsert>()
            .FirstOrDefault(item => item.Identifier == identifier);
    }

    private async Task<FetchResult> FetchNoteAsync(
        EvernoteItem item, FetchContext context, CancellationToken cancellationToken)
    {
        // Small notes come in one call; of others the small pictures alone are asked for, each by itself.
        var withData = item.Bytes <= _options.InlineTotalBytesMax;
        if (await _client.FindNoteAsync(
            context.Account, item.NoteId, withContent: true, withData, cancellationToken) is not { IsTrashed: false } note)
        {
            return new FetchResult.Gone();
        }

        var pictures = await _pictures.ShowAsync(context.Account, note, cancellationToken);
        var body = EvernoteBody.Read(note, pictures, _options);
        return new FetchResult.Send(_documents.Draft(note, item, body, context.Junk), File: null) { FallbackType = "document" };
    }

    private DocumentFile Content(SourceAccount account, EvernoteItem item, string resource) => new()
    {
        Name = item.Path[(item.Path.LastIndexOf('/') + 1)..],
        ContentType = item.Type,
        Length = item.Bytes,
        Open = async token => await _client.OpenAsync(account, resource, token),
    };
}

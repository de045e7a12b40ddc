using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Gmail;

/// <summary>
/// Sends the threads of a Gmail mailbox and their attachments (providers specification, section 3), and follows it by its
/// history.
/// </summary>
public sealed class GmailProvider : GoogleProvider, IProvider, IDocumentFetcher, ISingleFetch
{
    private readonly GmailProviderOptions _options;
    private readonly GmailClient _client;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Google.</param>
    /// <param name="timeProvider">The clock.</param>
    public GmailProvider(IOptions<GmailProviderOptions> options, TimeProvider timeProvider)
        : this(
            (options ?? throw new ArgumentNullException(nameof(options))).Value,
            new GmailClient(options.Value, timeProvider), timeProvider)
    {
    }

    private GmailProvider(GmailProviderOptions options, GmailClient client, TimeProvider timeProvider)
        : base(client.Google, new GmailNotices(options, client, timeProvider)) =>
        (_options, _client) = (options, client);

    /// <inheritdoc />
    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GmailListing(_client, _options, context).RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var account = context.Account;
        if (item.Payload is not null)
        {
            var attachment = GmailAttachment.Read(item);
            return new FetchResult.Send(attachment.Draft(account), attachment.File(_client, account));
        }

        if (item.Document is not null)
        {
            return new FetchResult.Send(item.Document, File: null);
        }

        // A long thread does not travel through the queue.
        var id = item.Identifier[GmailIdentifiers.Root(account).Length..];
        var thread = await _client.ThreadAsync(account, id, cancellationToken);
        var messages = thread is null ? [] : GmailThreadReader.MessagesOf(thread);
        if (messages.Count == 0)
        {
            return new FetchResult.Gone();
        }

        var attachments = await new GmailAttachmentReader(_client, _options, account)
            .ReadAsync(id, messages, cancellationToken);
        return new FetchResult.Send(
            await new GmailThreadReader(_client, _options, account)
                .ReadAsync(thread!, messages, attachments, cancellationToken),
            File: null);
    }

    /// <inheritdoc />
    public async Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        var root = GmailIdentifiers.Root(context.Account);
        if (!identifier.StartsWith(root, StringComparison.Ordinal))
        {
            return null;
        }

        var thread = identifier[root.Length..].Split('-', 2)[0];
        var items = await new GmailListing(_client, _options, context).ReadAsync(thread, cancellationToken);
        return items.OfType<SyncItem.Upsert>().FirstOrDefault(item => item.Identifier == identifier);
    }
}

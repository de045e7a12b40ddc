using System.Buffers.Text;
using System.Globalization;
using System.Net;
using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.Gmail;

/// <summary>Gmail's HTTP interface, version 1.</summary>
internal sealed class GmailClient
{
    private const string Scope = "https://www.googleapis.com/auth/gmail.readonly";

    // Spam and the bin are left out unless they are asked for.
    private const string Query = "-in:chats";

    private readonly GmailProviderOptions _options;

    public GmailClient(GmailProviderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        Google = new GoogleConnection("Gmail", Scope, options, timeProvider);
    }

    /// <summary>The connection, which whoever made the client disposes.</summary>
    public GoogleConnection Google { get; }

    private string PageItems => _options.PageItemsMax.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a mailbox's history stands now.</summary>
    public async Task<string> HistoryAsync(SourceAccount account, CancellationToken cancellationToken)
    {
        var profile = await Google.GetAsync(
            account, Address("profile"), GmailJson.Default.GmailProfile, cancellationToken);
        return profile.HistoryId;
    }

    /// <summary>One page of the threads, newest first.</summary>
    /// <exception cref="CursorExpiredException">The page is no longer known.</exception>
    public async Task<GmailThreadPage> ThreadsAsync(
        SourceAccount account, string? page, CancellationToken cancellationToken)
    {
        var address = Address("threads", ("q", Query), ("maxResults", PageItems), ("pageToken", page));
        try
        {
            return await Google.GetAsync(account, address, GmailJson.Default.GmailThreadPage, cancellationToken);
        }
        catch (GoogleException refused) when (page is not null && refused.IsBadPage)
        {
            throw new CursorExpiredException("Gmail knows the page no longer.", refused);
        }
    }

    /// <summary>The first page of what changed since an id.</summary>
    /// <exception cref="CursorExpiredException">The id is too old.</exception>
    public async Task<GmailHistoryPage> ChangesAsync(
        SourceAccount account, string historyId, CancellationToken cancellationToken)
    {
        var address = Address("history", ("startHistoryId", historyId), ("maxResults", PageItems));
        try
        {
            return await Google.GetAsync(account, address, GmailJson.Default.GmailHistoryPage, cancellationToken);
        }
        catch (GoogleException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            throw new CursorExpiredException("Gmail knows the history from there on no longer.", refused);
        }
    }

    /// <summary>A thread with its messages; null when it is gone.</summary>
    public Task<GmailThread?> ThreadAsync(SourceAccount account, string id, CancellationToken cancellationToken) =>
        Google.FindAsync(
            account, Address($"threads/{Uri.EscapeDataString(id)}", ("format", "full")), GmailJson.Default.GmailThread,
            cancellationToken);

    /// <summary>Has Gmail publish to a topic whenever the mailbox changes, or goes on with it.</summary>
    public Task<GmailWatch> WatchAsync(SourceAccount account, string topic, CancellationToken cancellationToken) =>
        Google.PostAsync(
            account, Address("watch"), new GmailWatchQuestion(topic), GmailJson.Default.GmailWatchQuestion,
            GmailJson.Default.GmailWatch, cancellationToken);

    /// <summary>Ends that.</summary>
    public Task StopAsync(SourceAccount account, CancellationToken cancellationToken) =>
        Google.EndAsync(account, Address("stop"), question: "", cancellationToken);

    /// <summary>Opens the content of an attachment, whose id has to be asked for anew. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<Stream> OpenAsync(
        SourceAccount account, string messageId, string partId, CancellationToken cancellationToken)
    {
        var message = await Google.FindAsync(
            account, Address($"messages/{Uri.EscapeDataString(messageId)}", ("format", "full")),
            GmailJson.Default.GmailMessage, cancellationToken);
        var body = message?.Payload is { } payload
            ? GmailParts.Walk(payload).FirstOrDefault(part => part.PartId == partId)?.Body
            : null;
        return body is null
            ? throw new FileNotFoundException("The attachment is gone.")
            : await OpenAsync(account, messageId, body, cancellationToken);
    }

    /// <summary>Opens the content of a part that was just listed. The caller disposes it.</summary>
    public async Task<Stream> OpenAsync(
        SourceAccount account, string messageId, GmailBody body, CancellationToken cancellationToken)
    {
        if (body.AttachmentId is not { } id)
        {
            return new MemoryStream(Base64Url.DecodeFromChars((body.Data ?? "").TrimEnd('=')), writable: false);
        }

        var address = Address($"messages/{Uri.EscapeDataString(messageId)}/attachments/{Uri.EscapeDataString(id)}");
        return new GmailDataStream(await Google.OpenAsync(account, address, cancellationToken));
    }

    private Uri Address(string path, params (string Name, string? Value)[] parameters) =>
        GoogleConnection.Address(_options.ApiUrl, "users/me/" + path, parameters);
}

using System.Net;
using AnyFetch.Client;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Sending;

/// <summary>Does one queued item: the document first, then its file; or its deletion. 410 counts as done.</summary>
internal sealed class ItemSender(
    IProvider provider, FetchContext context, string token, AnyFetchProviderOptions options)
{
    private readonly AnyFetchClient _core = context.Core;

    public Task<SendOutcome> SendAsync(ItemRow item, CancellationToken cancellationToken) =>
        item.Operation == ItemOperation.Delete
            ? DeleteAsync(item.Identifier, cancellationToken)
            : UpsertAsync(item.ToUpsert(), item.Attempts + 1, cancellationToken);

    public async Task<SendOutcome> UpsertAsync(SyncItem.Upsert item, int attempt, CancellationToken cancellationToken)
    {
        FetchResult result;
        try
        {
            result = await FetchAsync(item, attempt, cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("fetch", failure, AtCore: false);
        }

        return result switch
        {
            FetchResult.Postpone postpone => new SendOutcome.Postponed(postpone.Delay),
            FetchResult.Send send => await SendAsync(item, send, cancellationToken),
            _ => new SendOutcome.Gone(),
        };
    }

    private Task<FetchResult> FetchAsync(SyncItem.Upsert item, int attempt, CancellationToken cancellationToken)
    {
        if (provider is IDocumentFetcher fetcher)
        {
            var own = new FetchContext(context.Account, _core, context.Cache, context.TimeProvider) { Attempt = attempt };
            return fetcher.FetchAsync(item, own, cancellationToken);
        }

        var draft = item.Document ?? new DocumentDraft();
        return Task.FromResult<FetchResult>(new FetchResult.Send(draft, File: null));
    }

    private async Task<SendOutcome> SendAsync(
        SyncItem.Upsert item, FetchResult.Send send, CancellationToken cancellationToken)
    {
        var version = send.Version ?? item.Version;
        var tooLarge = send.File?.Length > options.FileBytesMax;
        if (tooLarge && options.SkipLargeFiles)
        {
            return new SendOutcome.Gone();
        }

        try
        {
            await _core.Documents.SendAsync(Complete(item, send.Document), cancellationToken);
        }
        catch (AnyFetchException gone) when (gone.Status == HttpStatusCode.Gone)
        {
            return new SendOutcome.Sent(version, 0, TooLarge: false);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("send", failure, AtCore: true);
        }

        return send.File is null || tooLarge || send.File.Length == 0
            ? new SendOutcome.Sent(version, 0, tooLarge)
            : await UploadAsync(item.Identifier, send.File, version, cancellationToken);
    }

    private async Task<SendOutcome> UploadAsync(
        string identifier, DocumentFile file, string? version, CancellationToken cancellationToken)
    {
        var track = new UploadTrack();
        var tracked = file with { Open = token => OpenAsync(file, track, token) };
        try
        {
            await _core.Documents.UploadFileAsync(DocumentRef.ByIdentifier(identifier), tracked, cancellationToken);
            return new SendOutcome.Sent(version, track.Bytes, TooLarge: false);
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.Gone or HttpStatusCode.NotFound)
        {
            // A hydrater may delete the document as soon as it exists, for example one with a junk name.
            return new SendOutcome.Sent(version, 0, TooLarge: false);
        }
        catch (AnyFetchException refused) when (refused.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            return new SendOutcome.Sent(version, 0, TooLarge: true);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return track.SourceFault switch
            {
                FileTooLargeException => new SendOutcome.Sent(version, 0, TooLarge: true),

                // The document is there already: without a version, so that its deletion or return is noticed.
                FileNotFoundException or DirectoryNotFoundException =>
                    new SendOutcome.Sent(Version: null, 0, TooLarge: false),
                { } fault => new SendOutcome.Failed("fetch", fault, AtCore: false),
                null => new SendOutcome.Failed("send", failure, AtCore: true),
            };
        }
    }

    private async ValueTask<Stream> OpenAsync(
        DocumentFile file, UploadTrack track, CancellationToken cancellationToken)
    {
        track.Bytes = 0;
        try
        {
            return new TrackedStream(
                await file.Open(cancellationToken), track, file.Length, options.FileBytesMax);
        }
        catch (Exception fault) when (IsFailure(fault, cancellationToken))
        {
            track.SourceFault = fault;
            throw;
        }
    }

    private async Task<SendOutcome> DeleteAsync(string identifier, CancellationToken cancellationToken)
    {
        try
        {
            await _core.Documents.DeleteAsync(DocumentRef.ByIdentifier(identifier), cancellationToken);
            return new SendOutcome.Deleted();
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return new SendOutcome.Deleted();
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("delete", failure, AtCore: true);
        }
    }

    // The connecting user alone may see a document unless the provider says otherwise. The token is added here, at the
    // last moment, so that it never lies in the queue.
    private DocumentDraft Complete(SyncItem.Upsert item, DocumentDraft draft) => draft with
    {
        Identifier = item.Identifier,
        Id = null,
        UserAccess = draft.UserAccess ?? (draft.OpenToCompany ? null : [token]),
    };

    // One bad document never fails a run, whatever its fetcher throws; only a cancelled run passes through.
    private static bool IsFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is not OutOfMemoryException
        && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);
}

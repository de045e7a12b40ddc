using System.Net;
using AnyFetch.Client;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Sending;

/// <summary>Does one queued item: the document first, then its file; or its deletion. 410 counts as done.</summary>
internal sealed class ItemSender(
    IProvider provider, FetchContext context, string token, AnyFetchProviderOptions options)
{
    private readonly AnyFetchClient _core = context.Core;
    private readonly ReaderMap _readers = new(provider, context, token, options);

    public Task<SendOutcome> SendAsync(ItemRow item, CancellationToken cancellationToken) =>
        item.Operation == ItemOperation.Delete
            ? DeleteAsync(item.Identifier, cancellationToken)
            : UpsertAsync(item.ToUpsert(), item.PatchOf, item.Attempts + 1, cancellationToken);

    /// <summary>Sends one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="patchOf">The identifier of the document that holds its content already; null when none does.</param>
    /// <param name="attempt">1 for the first one.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task<SendOutcome> UpsertAsync(
        SyncItem.Upsert item, string? patchOf, int attempt, CancellationToken cancellationToken)
    {
        var isAccessOnly = patchOf == item.Identifier && item.ContentVersion is null;
        var prepared = await PrepareAsync(item, isAccessOnly, attempt, cancellationToken);
        return prepared.Failure
            ?? await SendAsync(item, prepared.Result!, patchOf, isAccessOnly, cancellationToken);
    }

    /// <summary>Makes the document, and finds the users who may see it.</summary>
    public async Task<PreparedItem> PrepareAsync(
        SyncItem.Upsert item, bool isAccessOnly, int attempt, CancellationToken cancellationToken)
    {
        FetchResult result;
        IReadOnlyList<IReadOnlyCollection<string>?> groups = [];
        try
        {
            result = isAccessOnly && item.Access is not null
                ? new FetchResult.Send(new DocumentDraft(), File: null)
                : await FetchAsync(item, attempt, cancellationToken);
            result = WithAccess(item, result);
            if (result is FetchResult.Send { Access: { } named })
            {
                groups = await _readers.ListGroupsAsync(named, cancellationToken);
            }
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new PreparedItem(null, new SendOutcome.Failed("fetch", failure, AtCore: false));
        }

        try
        {
            return result is FetchResult.Send { Access: { } access } send
                ? new PreparedItem(await _readers.OpenAsync(send, access, groups, cancellationToken), null)
                : new PreparedItem(result, null);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new PreparedItem(null, new SendOutcome.Failed("send", failure, AtCore: true));
        }
    }

    /// <summary>Sends what was prepared.</summary>
    public async Task<SendOutcome> SendAsync(
        SyncItem.Upsert item, FetchResult result, string? patchOf, bool isAccessOnly, CancellationToken cancellationToken) =>
        result switch
        {
            FetchResult.Postpone postpone => new SendOutcome.Postponed(postpone.Delay),
            FetchResult.Send send when isAccessOnly => await PatchAccessAsync(item, send, cancellationToken),
            FetchResult.Send send when patchOf is not null => await PatchAsync(item, send, patchOf, cancellationToken),
            FetchResult.Send send => await SendAsync(item, send, cancellationToken),
            _ => new SendOutcome.Gone(),
        };

    // An unknown word of either opens nothing, whatever the document says.
    private static FetchResult WithAccess(SyncItem.Upsert item, FetchResult result)
    {
        if (result is not FetchResult.Send send)
        {
            return result;
        }

        var access = send.Access ?? item.Access;
        return send.IsAccessUnknown || access is { IsUnknown: true }
            ? send with { Access = null, IsAccessUnknown = true, Remark = AccessRemark.Unknown }
            : send with { Access = access };
    }

    private Task<FetchResult> FetchAsync(SyncItem.Upsert item, int attempt, CancellationToken cancellationToken)
    {
        if (provider is IDocumentFetcher fetcher && !item.IsComplete)
        {
            var own = new FetchContext(context.Account, _core, context.Cache, context.TimeProvider)
            {
                Attempt = attempt,
                ProviderUrl = context.ProviderUrl,
                Junk = context.Junk,
            };
            return fetcher.FetchAsync(item, own, cancellationToken);
        }

        var draft = item.Document ?? new DocumentDraft();
        return Task.FromResult<FetchResult>(new FetchResult.Send(draft, File: null));
    }

    private async Task<SendOutcome> SendAsync(
        SyncItem.Upsert item, FetchResult.Send send, CancellationToken cancellationToken)
    {
        var sent = Versions(item, send);
        var tooLarge = send.File?.Length > options.FileBytesMax;
        if (tooLarge && options.SkipLargeFiles)
        {
            return new SendOutcome.Gone();
        }

        try
        {
            await _core.Documents.SendAsync(Complete(item, send), cancellationToken);
        }
        catch (AnyFetchException gone) when (gone.Status == HttpStatusCode.Gone)
        {
            return sent;
        }
        catch (AnyFetchException unknown) when (unknown.Status == HttpStatusCode.Conflict && send.FallbackType is not null)
        {
            var document = send.Document with { DocumentType = send.FallbackType };
            return await SendAsync(item, send with { Document = document, FallbackType = null }, cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("send", failure, AtCore: true);
        }

        return send.File is null || tooLarge || send.File.Length == 0
            ? sent with { TooLarge = tooLarge }
            : await UploadAsync(item.Identifier, send.File, sent, cancellationToken);
    }

    // Readers alone: a document that the core has no more is not made again by this.
    private async Task<SendOutcome> PatchAccessAsync(
        SyncItem.Upsert item, FetchResult.Send send, CancellationToken cancellationToken)
    {
        var complete = Complete(item, send);
        var draft = new DocumentDraft { UserAccess = complete.UserAccess, OpenToCompany = complete.OpenToCompany };
        try
        {
            await _core.Documents.PatchAsync(DocumentRef.ByIdentifier(item.Identifier), draft, cancellationToken);
            return Versions(item, send);
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return new SendOutcome.Gone();
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("send", failure, AtCore: true);
        }
    }

    // The core has the content: what is new is the document, or its place. When it has it no more, all is sent as ever.
    private async Task<SendOutcome> PatchAsync(
        SyncItem.Upsert item, FetchResult.Send send, string patchOf, CancellationToken cancellationToken)
    {
        var isMove = patchOf != item.Identifier;
        if (Versions(item, send).Content != item.ContentVersion)
        {
            return await SendInsteadAsync(item, send, isMove ? patchOf : null, cancellationToken);
        }

        try
        {
            await _core.Documents.PatchAsync(
                DocumentRef.ByIdentifier(patchOf), Complete(item, send), cancellationToken);
            return Versions(item, send) with { IsMove = isMove };
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return await SendAsync(item, send, cancellationToken);
        }
        catch (AnyFetchException taken) when (isMove && taken.Status == HttpStatusCode.Conflict)
        {
            return await SendInsteadAsync(item, send, patchOf, cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return new SendOutcome.Failed("send", failure, AtCore: true);
        }
    }

    private async Task<SendOutcome> SendInsteadAsync(
        SyncItem.Upsert item, FetchResult.Send send, string? left, CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(item, send, cancellationToken);
        return outcome is SendOutcome.Sent && left is not null
            && await DeleteAsync(left, cancellationToken) is SendOutcome.Failed failed
            ? failed
            : outcome;
    }

    /// <summary>What the core has once this is sent.</summary>
    public static SendOutcome.Sent Versions(SyncItem.Upsert item, FetchResult.Send send)
    {
        var isAsListed = send.Version is null || send.Version == item.Version;
        return new SendOutcome.Sent(
            send.Version ?? item.Version, send.ContentVersion ?? (isAsListed ? item.ContentVersion : null))
        {
            Access = send.Remark,
        };
    }

    private async Task<SendOutcome> UploadAsync(
        string identifier, DocumentFile file, SendOutcome.Sent sent, CancellationToken cancellationToken)
    {
        var track = new UploadTrack();
        var tracked = file with { Open = token => OpenAsync(file, track, token) };
        try
        {
            await _core.Documents.UploadFileAsync(DocumentRef.ByIdentifier(identifier), tracked, cancellationToken);
            return sent with { Bytes = track.Bytes };
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.Gone or HttpStatusCode.NotFound)
        {
            // A hydrater may delete the document as soon as it exists, for example one with a junk name.
            return sent;
        }
        catch (AnyFetchException refused) when (refused.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            return sent with { TooLarge = true };
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            return track.SourceFault switch
            {
                FileTooLargeException => sent with { TooLarge = true },

                // The document is there already: without a version, so that its deletion or return is noticed.
                FileNotFoundException or DirectoryNotFoundException =>
                    new SendOutcome.Sent(Version: null, Content: null),
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

    /// <summary>Deletes one document; one that is gone already is deleted.</summary>
    public async Task<SendOutcome> DeleteAsync(string identifier, CancellationToken cancellationToken)
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

    /// <summary>
    /// The document as it travels. The connecting user alone may see it unless the provider says otherwise. The token is
    /// added here, at the last moment, so that it never lies in the queue.
    /// </summary>
    public DocumentDraft Complete(SyncItem.Upsert item, FetchResult.Send send)
    {
        var (draft, isUnknown) = (send.Document, send.IsAccessUnknown);
        return draft with
        {
            Identifier = item.Identifier,
            Id = null,
            UserAccess = isUnknown ? [token] : draft.UserAccess ?? (draft.OpenToCompany ? null : [token]),
            OpenToCompany = draft.OpenToCompany && !isUnknown,
        };
    }

    /// <summary>One bad document never fails a run, whatever its fetcher throws; only a cancelled run passes through.</summary>
    public static bool IsFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is not OutOfMemoryException
        && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);
}

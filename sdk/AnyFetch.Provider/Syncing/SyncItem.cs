using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Provider;

/// <summary>One thing that a listing found. A closed set: see the nested types.</summary>
public abstract record SyncItem
{
    private SyncItem()
    {
    }

    /// <summary>An item exists at the source and may have changed.</summary>
    /// <param name="Identifier">The document's identifier, the same for ever; at most 4096 characters, no secret.</param>
    public sealed record Upsert(string Identifier) : SyncItem
    {
        /// <summary>
        /// What changes when the item changes (a revision, an etag, size and time). An item whose version was already sent
        /// is skipped; null sends it every time.
        /// </summary>
        public string? Version { get; init; }

        /// <summary>
        /// The source's own id, when it differs from the identifier and outlives a move. An item that appears under a new
        /// identifier with the <see cref="ContentVersion"/> that was sent is moved at the core, not sent again.
        /// </summary>
        public string? SourceId { get; init; }

        /// <summary>
        /// What changes when the file's content changes (a hash), and only then. While it is what was sent last, changes
        /// of the document are sent without the file; null sends both every time.
        /// </summary>
        public string? ContentVersion { get; init; }

        /// <summary>A readable name for the error list.</summary>
        public string? Title { get; init; }

        /// <summary>Smaller is sent earlier within a run; the order of listing decides between equals.</summary>
        public long Rank { get; init; }

        /// <summary>The document, when the listing already knows it; else <see cref="IDocumentFetcher"/> makes it.</summary>
        public DocumentDraft? Document { get; init; }

        /// <summary>
        /// Whether <see cref="Document"/> is all there is: no file, and nothing that <see cref="IDocumentFetcher"/> would add.
        /// Such items, and all items of a provider without a fetcher, travel to the core many at once. Default false.
        /// </summary>
        public bool IsComplete { get; init; }

        /// <summary>
        /// Who may see the item, in the source's words; null when only the fetcher knows, or nobody. A run for permissions
        /// sends it without asking the fetcher.
        /// </summary>
        public ItemAccess? Access { get; init; }

        /// <summary>What the fetcher needs to find the item again. Stored in the queue: no secret, at most 1 MB of JSON.</summary>
        public JsonObject? Payload { get; init; }
    }

    /// <summary>An item is gone. Ignored when the library never sent it.</summary>
    /// <param name="Identifier">The document's identifier.</param>
    public sealed record Delete(string Identifier) : SyncItem;

    /// <summary>Every known item whose identifier starts with a text is gone, for example a folder's.</summary>
    /// <param name="Prefix">The beginning of the identifiers; never empty. End it with the source's separator.</param>
    public sealed record DeletePrefix(string Prefix) : SyncItem;

    /// <summary>All that was yielded so far is covered by this cursor; a crash resumes here.</summary>
    /// <param name="Cursor">Opaque text; at most 64 KB.</param>
    public sealed record Checkpoint(string Cursor) : SyncItem;

    /// <summary>An item or a part of the source could not be listed. The listing goes on, and nothing of it is deleted.</summary>
    /// <param name="Code">A short name, for example <c>Unreadable</c> or <c>TooLarge</c>.</param>
    /// <param name="Message">What happened, for a person.</param>
    public sealed record Failure(string Code, string Message) : SyncItem
    {
        /// <summary>The item that failed, which still exists.</summary>
        public string? Identifier { get; init; }

        /// <summary>The beginning of the identifiers that could not be listed, which all still exist.</summary>
        public string? Prefix { get; init; }

        /// <summary>A readable name for the error list.</summary>
        public string? Title { get; init; }
    }

    /// <summary>A hint for people who watch.</summary>
    /// <param name="ExpectedItems">How many items the listing expects in all.</param>
    public sealed record Progress(long ExpectedItems) : SyncItem;

    /// <summary>
    /// Everything that exists was yielded since the listing began (or failed with its identifier or prefix): what the
    /// ledger knows beyond that is gone. Without it nothing is ever pruned. Only believed of a listing that began without a
    /// cursor (and may have gone on from its own checkpoints), unless it says that it took no notice of the cursor.
    /// </summary>
    public sealed record ListingComplete : SyncItem
    {
        /// <summary>Whether the listing yields everything in every run, whatever the cursor. Default false.</summary>
        public bool WithoutCursor { get; init; }
    }
}

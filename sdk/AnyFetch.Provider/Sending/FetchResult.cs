using AnyFetch.Client;
using AnyFetch.Provider.Sending;

namespace AnyFetch.Provider;

/// <summary>What became of one item. A closed set: see the nested types.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>Send this document, and its file when there is one.</summary>
    /// <param name="Document">The document; the identifier is filled in when absent.</param>
    /// <param name="File">The content; its length is checked against the limit before anything is read.</param>
    public sealed record Send(DocumentDraft Document, DocumentFile? File) : FetchResult
    {
        /// <summary>
        /// The document type to send it as when the core refuses it (409), for a type that not every core knows; null for none.
        /// </summary>
        public string? FallbackType { get; init; }

        /// <summary>The version that is really sent, when it changed since the listing.</summary>
        public string? Version { get; init; }

        /// <summary>
        /// Who may see the item, in the source's words: takes the place of the document's <c>user_access</c>. Null takes
        /// <see cref="SyncItem.Upsert.Access"/>; when both are null the document's own word counts.
        /// </summary>
        public ItemAccess? Access { get; init; }

        /// <summary>
        /// Whether the source would not tell who may see the item: then the connecting user alone does, whatever the document
        /// says, and the error list names it. Default false.
        /// </summary>
        public bool IsAccessUnknown { get; init; }

        /// <summary>The content version that is really sent, when it changed since the listing.</summary>
        public string? ContentVersion { get; init; }

        internal AccessRemark Remark { get; init; }
    }

    /// <summary>The item vanished since the listing: skip it, no error.</summary>
    public sealed record Gone : FetchResult;

    /// <summary>The item is not ready, for example a file that still grows: try again later, no error.</summary>
    /// <param name="Delay">How long to wait at least.</param>
    public sealed record Postpone(TimeSpan Delay) : FetchResult;
}

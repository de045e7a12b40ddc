using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;

namespace AnyFetch.Core.Feed;

/// <summary>The latest change of one document: its state after it, or null when it was deleted.</summary>
public sealed record FeedEntry(FeedPosition Position, CompanyId Company, DocumentId Id, Document? Document);

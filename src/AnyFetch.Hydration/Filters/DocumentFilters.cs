using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Filters;

namespace AnyFetch.Hydration.Filters;

/// <summary>Tests stored documents against filters.</summary>
internal static class DocumentFilters
{
    /// <summary>Whether a document passes one of the filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="document">The document.</param>
    /// <param name="type">Its type; null when unknown.</param>
    internal static bool Matches(this FilterSet filters, Document document, DocumentType? type) =>
        new FilterView(document, type).Passes(filters);

    /// <summary>Null when a document passes one of the filters, else why it does not pass each of them.</summary>
    internal static string? Explain(this FilterSet filters, Document document, DocumentType? type) =>
        filters.Explain(new FilterView(document, type));
}

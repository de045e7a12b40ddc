using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Hydration.Filters;

/// <summary>A document as filters see it (hydration.md §2). What is dear to make is made on first use.</summary>
internal sealed class FilterView(Document document, DocumentType? type)
{
    private IReadOnlyList<string>? _hydratedBy;
    private IReadOnlyList<string>? _hydrating;

    internal Document Document => document;

    internal FilterValue Get(FilterKey key) => key switch
    {
        FilterKey.FilePath => FilterValue.Of(document.File is null ? "" : $"/documents/{document.Id}/file"),
        FilterKey.DocumentType => FilterValue.Of(type),
        FilterKey.HydratedBy => FilterValue.Of(_hydratedBy ??= [.. document.Hydration.HydratedBy]),
        FilterKey.Hydrating => FilterValue.Of(_hydrating ??= [.. document.Hydration.Hydrating]),
        FilterKey.Identifier => FilterValue.Of(document.Identifier.Value),
        FilterKey.Source => FilterValue.Of(document.Source.Url),
        FilterKey.Related => FilterValue.Of(document.Related),
        FilterKey.UserAccess => FilterValue.Of(document.UserAccess?.Select(u => u.ToString()).ToList()),
        FilterKey.Actions => FilterValue.Of(document.Actions.Element),
        FilterKey.Metadata => FilterValue.Of(document.Metadata.Element),
        FilterKey.Data => FilterValue.Of(document.Data.Element),
        _ => FilterValue.Of(default(JsonElement)),
    };
}

/// <summary>The first-level keys that a filter can name, those that are cheap to look at first.</summary>
internal enum FilterKey
{
    /// <summary>Any other name: always absent.</summary>
    Unknown,
    FilePath,
    DocumentType,
    Identifier,
    HydratedBy,
    Hydrating,
    Source,
    Related,
    UserAccess,
    Actions,
    Metadata,
    Data,
}

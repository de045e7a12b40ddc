using System.Text.Json;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Filters;

namespace AnyFetch.Hydration.Filters;

/// <summary>A stored document as filters see it (hydration.md §2). What is dear to make is made on first use.</summary>
/// <param name="document">The document.</param>
/// <param name="type">Its type; null when unknown.</param>
internal sealed class FilterView(Document document, DocumentType? type) : IFilterView
{
    private IReadOnlyList<string>? _hydratedBy;
    private IReadOnlyList<string>? _hydrating;

    /// <summary>Whether the document passes one of the filters.</summary>
    internal bool Passes(FilterSet filters) => (document.File is not null || !filters.NeedsFile) && filters.Matches(this);

    public FilterValue Get(string key) => key switch
    {
        "filePath" => FilterValue.Of(document.File is null ? "" : $"/documents/{document.Id}/file"),
        "documentType" => FilterValue.Of(type is null ? null : new TypeMembers(type)),
        "hydratedBy" => FilterValue.Of(_hydratedBy ??= [.. document.Hydration.HydratedBy]),
        "hydrating" => FilterValue.Of(_hydrating ??= [.. document.Hydration.Hydrating]),
        "identifier" => FilterValue.Of(document.Identifier.Value),
        "source" => FilterValue.Of(document.Source.Url),
        "related" => FilterValue.Of(document.Related),
        "userAccess" => FilterValue.Of(document.UserAccess?.Select(u => u.ToString()).ToList()),
        "actions" => FilterValue.Of(document.Actions.Element),
        "metadata" => FilterValue.Of(document.Metadata.Element),
        "data" => FilterValue.Of(document.Data.Element),
        _ => FilterValue.Of(default(JsonElement)),
    };

    private sealed class TypeMembers(DocumentType type) : IFilterMembers
    {
        public int Count => 2;

        public FilterValue Member(string key) => key switch
        {
            "id" => FilterValue.Of(type.Id.ToString()),
            "name" => FilterValue.Of(type.Name),
            _ => default,
        };
    }
}

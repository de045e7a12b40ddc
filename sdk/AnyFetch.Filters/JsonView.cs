using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>A document as JSON, as hydraters get it.</summary>
/// <param name="document">The object. Anything else has no keys.</param>
public sealed class JsonView(JsonElement document) : IFilterView
{
    /// <inheritdoc/>
    public FilterValue Get(string key) => FilterValue.Of(document).Member(key);
}

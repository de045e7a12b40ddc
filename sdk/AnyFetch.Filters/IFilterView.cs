namespace AnyFetch.Filters;

/// <summary>What filters are tested against: a document by the names of hydration.md §2.</summary>
public interface IFilterView
{
    /// <summary>The value of a first-level key such as <c>metadata</c>; a default value when there is none.</summary>
    FilterValue Get(string key);
}

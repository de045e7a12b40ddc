namespace AnyFetch.Filters;

/// <summary>An object that filters look into and that is not kept as JSON.</summary>
public interface IFilterMembers
{
    /// <summary>Number of its keys.</summary>
    int Count { get; }

    /// <summary>The value of a key; a default value when there is none.</summary>
    FilterValue Member(string key);
}

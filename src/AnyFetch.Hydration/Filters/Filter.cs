namespace AnyFetch.Hydration.Filters;

/// <summary>One filter object: every key must hold. The checks run from the cheapest to the dearest.</summary>
internal sealed class Filter(IReadOnlyList<FilterCheck> checks)
{
    private readonly FilterCheck[] _checks = [.. checks.OrderBy(c => c.Key).ThenBy(c => c.Constraint.Cost)];

    /// <summary>True when it cannot hold for a document without a file.</summary>
    internal bool NeedsFile => _checks.Any(c => c.Key == FilterKey.FilePath && !c.Constraint.HoldsForAbsent);

    internal bool Matches(FilterView view)
    {
        foreach (var check in _checks)
        {
            if (!check.Constraint.Holds(view.Get(check.Key)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Null when it matches, else the reason.</summary>
    internal string? Explain(FilterView view)
    {
        foreach (var check in _checks)
        {
            if (check.Constraint.Explain(view.Get(check.Key), check.Name) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}

/// <summary>A first-level key, as it was written and as it is read, with its constraint.</summary>
internal sealed record FilterCheck(FilterKey Key, string Name, Constraint Constraint);

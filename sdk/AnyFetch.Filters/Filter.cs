using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>One filter object (hydration.md §2): every key must hold. Immutable.</summary>
public sealed class Filter
{
    private const string FilePath = "filePath";

    /// <summary>Keys of the stored maps, which have to be parsed: what is cheap to look at is looked at first.</summary>
    private static readonly string[] s_maps = ["actions", "metadata", "data"];

    private readonly FilterCheck[] _checks;

    internal Filter(IReadOnlyList<FilterCheck> checks) =>
        _checks = [.. checks.OrderBy(c => Array.IndexOf(s_maps, c.Key)).ThenBy(c => c.Constraint.Cost)];

    /// <summary>True when it cannot hold for a document without a file.</summary>
    public bool NeedsFile => _checks.Any(c => c.Key == FilePath && !c.Constraint.HoldsForAbsent);

    /// <summary>Reads a filter.</summary>
    /// <param name="json">The object. Not kept.</param>
    /// <param name="error">What is wrong, with the path of the key; null when nothing is.</param>
    /// <returns>The filter, or null when it is not valid.</returns>
    public static Filter? Parse(JsonElement json, out string? error)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            error = "A filter must be a JSON object.";
            return null;
        }

        var parser = new FilterParser();
        var filter = parser.ParseFilter(json);
        error = parser.Error;
        return error is null ? filter : null;
    }

    /// <summary>Whether a document passes. Never throws on a value of another kind than is expected.</summary>
    public bool Matches(IFilterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var check in _checks)
        {
            if (!check.Constraint.Holds(view.Get(check.Key)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Why a document does not pass, as <c>[path.of.key]: reason</c>, or null when it does.</summary>
    public string? Explain(IFilterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var check in _checks)
        {
            if (check.Constraint.Explain(view.Get(check.Key), check.Key) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}

/// <summary>A first-level key with its constraint.</summary>
internal sealed record FilterCheck(string Key, Constraint Constraint);

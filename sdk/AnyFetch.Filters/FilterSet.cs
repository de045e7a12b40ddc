using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>
/// A hydrater's filters (hydration.md §2), compiled: any one matching is enough, none matches nothing. Thread-safe.
/// </summary>
public sealed class FilterSet
{
    /// <summary>Longest JSON text of a hydrater's filters, in characters.</summary>
    public const int CharsMax = 65_536;

    private readonly Filter[] _filters;

    private FilterSet(Filter[] filters)
    {
        _filters = filters;
        NeedsFile = filters.Length > 0 && filters.All(f => f.NeedsFile);
    }

    /// <summary>A set that matches no document.</summary>
    public static FilterSet Nothing { get; } = new([]);

    /// <summary>True when no document without a file can match.</summary>
    public bool NeedsFile { get; }

    /// <summary>Compiles a JSON array of constraint objects.</summary>
    /// <param name="json">The text that was registered.</param>
    /// <param name="error">What is wrong, with the path of the key; null when nothing is.</param>
    /// <returns>The filters, or null when they are not valid.</returns>
    public static FilterSet? Parse(string json, out string? error)
    {
        if (json.Length > CharsMax)
        {
            error = $"Filters have at most {CharsMax} characters.";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, out error);
        }
        catch (JsonException e)
        {
            error = $"The filters are not valid JSON: {e.Message}";
            return null;
        }
        catch (InvalidOperationException)
        {
            // The parser accepts escapes that spell half a surrogate pair; reading them as text does not.
            error = "The filters hold text that is not Unicode.";
            return null;
        }
    }

    /// <summary>True when a document passes one of the filters.</summary>
    public bool Matches(IFilterView view)
    {
        foreach (var filter in _filters)
        {
            if (filter.Matches(view))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null when a document passes one of the filters, else why it does not pass each of them.</summary>
    public string? Explain(IFilterView view)
    {
        var reasons = new List<string>(_filters.Length);
        foreach (var filter in _filters)
        {
            if (filter.Explain(view) is not { } reason)
            {
                return null;
            }

            reasons.Add(reason);
        }

        return reasons.Count == 0 ? "There is no filter." : string.Join("; ", reasons);
    }

    private static FilterSet? Parse(JsonElement json, out string? error)
    {
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(f => f.ValueKind != JsonValueKind.Object))
        {
            error = "Filters are a list of objects.";
            return null;
        }

        var parser = new FilterParser();
        var filters = json.EnumerateArray().Select(parser.ParseFilter).ToArray();
        error = parser.Error;
        return error is null ? new FilterSet(filters) : null;
    }
}

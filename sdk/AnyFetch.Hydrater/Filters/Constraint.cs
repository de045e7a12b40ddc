using System.Text.Json;

namespace AnyFetch.Hydrater.Filters;

/// <summary>One parsed constraint of hydration.md §2.</summary>
internal abstract record Constraint
{
    /// <summary>The value equals the text.</summary>
    internal sealed record EqualTo(string Text) : Constraint;

    /// <summary>The value is a string in which the pattern is found.</summary>
    internal sealed record Match(FilterPattern Pattern) : Constraint;

    /// <summary>The value, seen as a list, has an equal element.</summary>
    internal sealed record Contains(JsonElement Element, bool TypeInsensitive) : Constraint;

    /// <summary>The key is absent.</summary>
    internal sealed record Missing : Constraint;

    /// <summary>The value has length 0, or may be absent as well.</summary>
    internal sealed record Empty(bool AllowMissing) : Constraint;

    /// <summary>The value has a length above 0.</summary>
    internal sealed record NotEmpty : Constraint;

    /// <summary>All hold: several operators of one object.</summary>
    internal sealed record AllOf(IReadOnlyList<Constraint> Constraints) : Constraint;

    /// <summary>The value is an object or list whose named members hold.</summary>
    internal sealed record Members(IReadOnlyList<KeyValuePair<string, Constraint>> Constraints) : Constraint;

    /// <summary>Numbers, booleans, null and unknown operators never hold.</summary>
    internal sealed record Never(string Reason) : Constraint;
}

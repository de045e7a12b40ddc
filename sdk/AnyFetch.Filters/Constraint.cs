namespace AnyFetch.Filters;

/// <summary>One constraint of hydration.md §2. A value of another kind than it expects does not hold; it never throws.</summary>
internal abstract class Constraint
{
    /// <summary>How dear the test is; cheaper ones go first.</summary>
    internal virtual int Cost => 1;

    /// <summary>What an absent value gives.</summary>
    internal virtual bool HoldsForAbsent => false;

    internal bool Holds(in FilterValue value) => value.IsAbsent ? HoldsForAbsent : HoldsForPresent(value);

    /// <summary>Null when it holds, else a sentence that begins with the path of the failing key.</summary>
    internal virtual string? Explain(in FilterValue value, string path) =>
        Holds(value) ? null : $"[{path}]: {(value.IsAbsent ? "is missing" : Fault)}";

    /// <summary>What is wrong with a present value that does not hold.</summary>
    protected abstract string Fault { get; }

    protected abstract bool HoldsForPresent(in FilterValue value);
}

/// <summary>The value is this very text.</summary>
internal sealed class TextConstraint(string text) : Constraint
{
    protected override string Fault => $"is not \"{text}\"";

    protected override bool HoldsForPresent(in FilterValue value) => value.EqualsText(text);
}

/// <summary>The value is a text in which the pattern is found.</summary>
internal sealed class PatternConstraint(FilterPattern pattern) : Constraint
{
    internal override int Cost => 10;

    protected override string Fault => $"does not match {pattern.Text}";

    protected override bool HoldsForPresent(in FilterValue value) =>
        value.Text is { } text && pattern.IsFoundIn(text);
}

/// <summary>The value, seen as a list, has an equal element.</summary>
internal sealed class ContainsConstraint(ContainedValue wanted) : Constraint
{
    internal override int Cost => 5;

    protected override string Fault => $"does not contain {wanted}";

    protected override bool HoldsForPresent(in FilterValue value) => value.Contains(wanted);
}

/// <summary>The key is absent.</summary>
internal sealed class MissingConstraint : Constraint
{
    internal override bool HoldsForAbsent => true;

    protected override string Fault => "is present";

    protected override bool HoldsForPresent(in FilterValue value) => false;
}

/// <summary>The value has length 0, or may be absent as well.</summary>
internal sealed class EmptyConstraint(bool allowMissing) : Constraint
{
    internal override bool HoldsForAbsent => allowMissing;

    protected override string Fault => "is not empty";

    protected override bool HoldsForPresent(in FilterValue value) => value.Length == 0;
}

/// <summary>The value has a length above 0.</summary>
internal sealed class NotEmptyConstraint : Constraint
{
    protected override string Fault => "is empty or has no length";

    protected override bool HoldsForPresent(in FilterValue value) => value.Length > 0;
}

/// <summary>Numbers, booleans, null, lists and unknown operators: they hold for nothing.</summary>
internal sealed class NeverConstraint(string reason) : Constraint
{
    internal override int Cost => 0;

    protected override string Fault => reason;

    internal override string? Explain(in FilterValue value, string path) => $"[{path}]: {reason}";

    protected override bool HoldsForPresent(in FilterValue value) => false;
}

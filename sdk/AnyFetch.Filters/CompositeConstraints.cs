namespace AnyFetch.Filters;

/// <summary>All of them hold for the same value: several operators in one object.</summary>
internal sealed class AllConstraint(IReadOnlyList<Constraint> parts) : Constraint
{
    private readonly Constraint[] _parts = [.. parts.OrderBy(p => p.Cost)];

    internal override int Cost => _parts.Sum(p => p.Cost);

    internal override bool HoldsForAbsent => _parts.All(p => p.HoldsForAbsent);

    protected override string Fault => "does not hold";

    internal override string? Explain(in FilterValue value, string path)
    {
        foreach (var part in _parts)
        {
            if (part.Explain(value, path) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    protected override bool HoldsForPresent(in FilterValue value)
    {
        foreach (var part in _parts)
        {
            if (!part.Holds(value))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The value is an object or a list whose named members hold.</summary>
internal sealed class MembersConstraint(IReadOnlyList<KeyValuePair<string, Constraint>> members) : Constraint
{
    private readonly KeyValuePair<string, Constraint>[] _members = [.. members.OrderBy(m => m.Value.Cost)];

    internal override int Cost => 2 + _members.Sum(m => m.Value.Cost);

    protected override string Fault => "is neither an object nor a list";

    internal override string? Explain(in FilterValue value, string path)
    {
        if (value.IsAbsent || !value.HasMembers)
        {
            return base.Explain(value, path);
        }

        foreach (var (key, constraint) in _members)
        {
            if (constraint.Explain(value.Member(key), $"{path}.{key}") is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    protected override bool HoldsForPresent(in FilterValue value)
    {
        if (!value.HasMembers)
        {
            return false;
        }

        foreach (var (key, constraint) in _members)
        {
            if (!constraint.Holds(value.Member(key)))
            {
                return false;
            }
        }

        return true;
    }
}

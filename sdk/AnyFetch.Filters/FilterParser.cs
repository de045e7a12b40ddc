using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>Reads the constraint grammar of hydration.md §2.</summary>
internal sealed class FilterParser
{
    /// <summary>Deepest nesting of a filter's objects.</summary>
    internal const int DepthMax = 32;

    /// <summary>Most constraints of one hydrater.</summary>
    internal const int ConstraintsMax = 1_000;

    private int _count;

    /// <summary>What is wrong, beginning with the path of the key.</summary>
    internal string? Error { get; private set; }

    /// <summary>Reads one filter object. Look at <see cref="Error"/> afterwards.</summary>
    internal Filter ParseFilter(JsonElement json)
    {
        var checks = new List<FilterCheck>();
        foreach (var member in json.EnumerateObject())
        {
            var constraint = member.Name.StartsWith('$')
                ? new NeverConstraint("an operator stands for no value here")
                : ParseValue(member.Value, member.Name, 1);
            checks.Add(new FilterCheck(member.Name, constraint));
        }

        return new Filter(checks);
    }

    private Constraint ParseValue(JsonElement json, string path, int depth)
    {
        if (++_count > ConstraintsMax)
        {
            return Refuse(path, $"a hydrater has at most {ConstraintsMax} constraints");
        }

        return json.ValueKind switch
        {
            JsonValueKind.String when FilterPattern.IsPattern(json.GetString()!) => ParsePattern(json.GetString()!, path),
            JsonValueKind.String => new TextConstraint(json.GetString()!),
            JsonValueKind.Object when depth > DepthMax => Refuse(path, $"a filter nests at most {DepthMax} levels"),
            JsonValueKind.Object => ParseObject(json, path, depth),
            _ => new NeverConstraint("a number, a boolean, null or a list is no constraint"),
        };
    }

    private Constraint ParseObject(JsonElement json, string path, int depth)
    {
        var parts = new List<Constraint>();
        var members = new List<KeyValuePair<string, Constraint>>();
        foreach (var member in json.EnumerateObject())
        {
            var memberPath = $"{path}.{member.Name}";
            if (member.Name.StartsWith('$'))
            {
                parts.Add(ParseOperator(member.Name, member.Value, memberPath));
            }
            else
            {
                members.Add(new(member.Name, ParseValue(member.Value, memberPath, depth + 1)));
            }
        }

        if (members.Count > 0 || parts.Count == 0)
        {
            parts.Add(new MembersConstraint(members));
        }

        return parts.Count == 1 ? parts[0] : new AllConstraint(parts);
    }

    private Constraint ParseOperator(string name, JsonElement value, string path) => name switch
    {
        "$match" when value.ValueKind == JsonValueKind.String => FilterPattern.IsPattern(value.GetString()!)
            ? ParsePattern(value.GetString()!, path)
            : Refuse(path, "a pattern stands between slashes"),
        "$contains" => new ContainsConstraint(new ContainedValue(value.Clone(), isTypeInsensitive: false)),
        "$containsTypeInsensitive" => new ContainsConstraint(new ContainedValue(value.Clone(), isTypeInsensitive: true)),
        "$missing" when value.ValueKind == JsonValueKind.True => new MissingConstraint(),
        "$empty" when value.ValueKind == JsonValueKind.True => new EmptyConstraint(allowMissing: false),
        "$empty" when value.ValueKind == JsonValueKind.String && value.ValueEquals("allowMissing") =>
            new EmptyConstraint(allowMissing: true),
        "$notEmpty" when value.ValueKind == JsonValueKind.True => new NotEmptyConstraint(),
        _ => new NeverConstraint($"{name} with such a value is no operator"),
    };

    private Constraint ParsePattern(string text, string path) =>
        FilterPattern.Parse(text, out var error) is { } pattern
            ? new PatternConstraint(pattern)
            : Refuse(path, error!);

    private NeverConstraint Refuse(string path, string reason)
    {
        Error ??= $"[{path}]: {reason}.";
        return new NeverConstraint(reason);
    }
}

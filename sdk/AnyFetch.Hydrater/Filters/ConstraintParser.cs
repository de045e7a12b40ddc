using System.Text.Json;

namespace AnyFetch.Hydrater.Filters;

/// <summary>Reads the constraint language of hydration.md §2.</summary>
internal static class ConstraintParser
{
    /// <summary>Filters are written by hand; deeper ones are an attack on the stack.</summary>
    internal const int DepthMax = 32;

    /// <summary>Constraints in one filter.</summary>
    internal const int ConstraintsMax = 1_000;

    /// <summary>Parses a filter object; null with a reason when it is not valid.</summary>
    internal static Constraint? Parse(JsonElement json, out string? error)
    {
        var count = 0;
        return ParseObject(json, "", depth: 0, ref count, out error);
    }

    private static Constraint? ParseValue(JsonElement json, string path, int depth, ref int count, out string? error)
    {
        error = null;
        if (++count > ConstraintsMax)
        {
            error = $"A filter has at most {ConstraintsMax} constraints.";
            return null;
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                var text = json.GetString()!;
                return FilterPattern.IsPattern(text)
                    ? ParsePattern(text, path, out error)
                    : new Constraint.EqualTo(text);
            case JsonValueKind.Object:
                return ParseObject(json, path, depth, ref count, out error);
            case JsonValueKind.Array:
                return new Constraint.Never("a list is not a constraint");
            default:
                return new Constraint.Never("numbers, booleans and null are not constraints");
        }
    }

    private static Constraint? ParseObject(JsonElement json, string path, int depth, ref int count, out string? error)
    {
        error = null;
        if (depth > DepthMax)
        {
            error = $"[{path}]: a filter nests at most {DepthMax} levels.";
            return null;
        }

        var operators = new List<Constraint>();
        var members = new List<KeyValuePair<string, Constraint>>();
        foreach (var member in json.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var isOperator = member.Name.StartsWith('$');
            var constraint = isOperator
                ? ParseOperator(member, memberPath, out error)
                : ParseValue(member.Value, memberPath, depth + 1, ref count, out error);
            if (constraint is null)
            {
                return null;
            }

            if (isOperator)
            {
                operators.Add(constraint);
            }
            else
            {
                members.Add(new(member.Name, constraint));
            }
        }

        if (operators.Count == 0)
        {
            return new Constraint.Members(members);
        }

        if (members.Count > 0)
        {
            operators.Add(new Constraint.Members(members));
        }

        return operators.Count == 1 ? operators[0] : new Constraint.AllOf(operators);
    }

    private static Constraint? ParseOperator(JsonProperty member, string path, out string? error)
    {
        error = null;
        var value = member.Value;
        switch (member.Name)
        {
            case "$match" when value.ValueKind == JsonValueKind.String:
                var text = value.GetString()!;
                return ParsePattern(FilterPattern.IsPattern(text) ? text : $"/{text}/", path, out error);
            case "$contains":
                return new Constraint.Contains(value.Clone(), TypeInsensitive: false);
            case "$containsTypeInsensitive":
                return new Constraint.Contains(value.Clone(), TypeInsensitive: true);
            case "$missing" when value.ValueKind == JsonValueKind.True:
                return new Constraint.Missing();
            case "$empty" when value.ValueKind == JsonValueKind.True:
                return new Constraint.Empty(AllowMissing: false);
            case "$empty" when value.ValueKind == JsonValueKind.String && value.ValueEquals("allowMissing"):
                return new Constraint.Empty(AllowMissing: true);
            case "$notEmpty" when value.ValueKind == JsonValueKind.True:
                return new Constraint.NotEmpty();
            default:
                return new Constraint.Never($"{member.Name} is not an operator with such a value");
        }
    }

    private static Constraint.Match? ParsePattern(string text, string path, out string? error)
    {
        if (FilterPattern.TryParse(text, out var pattern, out var reason))
        {
            error = null;
            return new Constraint.Match(pattern!);
        }

        error = $"[{path}]: {reason}";
        return null;
    }
}

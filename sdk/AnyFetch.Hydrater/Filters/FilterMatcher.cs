using System.Text.Json;

namespace AnyFetch.Hydrater.Filters;

/// <summary>Judges a constraint against a value (hydration.md §2).</summary>
internal static class FilterMatcher
{
    private const string No = "does not hold";

    /// <summary>Not there, null, false, 0 or an empty string. Empty lists and objects are present.</summary>
    internal static bool IsAbsent(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    /// <summary>Null when the constraint holds, otherwise the reason (a constant one unless explaining).</summary>
    internal static string? Check(Constraint constraint, JsonElement value, string path, bool explain)
    {
        switch (constraint)
        {
            case Constraint.AllOf all:
                foreach (var part in all.Constraints)
                {
                    if (Check(part, value, path, explain) is { } reason)
                    {
                        return reason;
                    }
                }

                return null;
            case Constraint.Missing:
                return IsAbsent(value) ? null : Reason(path, "is present", explain);
            case Constraint.Empty { AllowMissing: true } when IsAbsent(value):
                return null;
            case Constraint.Never never:
                return Reason(path, never.Reason, explain);
        }

        // The whole document is never absent: an empty filter holds for an empty view.
        if (path.Length > 0 && IsAbsent(value))
        {
            return Reason(path, "is missing", explain);
        }

        return constraint switch
        {
            Constraint.EqualTo equal => value.ValueKind == JsonValueKind.String && value.ValueEquals(equal.Text)
                ? null : Reason(path, $"is not \"{equal.Text}\"", explain),
            Constraint.Match match => value.ValueKind == JsonValueKind.String
                && match.Pattern.IsFoundIn(value.GetString()!)
                ? null : Reason(path, $"does not match {match.Pattern.Text}", explain),
            Constraint.Contains contains => HasElement(value, contains)
                ? null : Reason(path, $"does not contain {contains.Element.GetRawText()}", explain),
            Constraint.Empty => LengthOf(value) == 0 ? null : Reason(path, "is not empty", explain),
            Constraint.NotEmpty => LengthOf(value) > 0 ? null : Reason(path, "is empty", explain),
            Constraint.Members members => CheckMembers(members, value, path, explain),
            _ => Reason(path, No, explain),
        };
    }

    private static string? CheckMembers(Constraint.Members members, JsonElement value, string path, bool explain)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return Reason(path, "is neither an object nor a list", explain);
        }

        foreach (var (key, constraint) in members.Constraints)
        {
            var memberPath = path.Length == 0 ? key : explain ? $"{path}.{key}" : path;
            if (Check(constraint, Member(value, key), memberPath, explain) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static JsonElement Member(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.TryGetProperty(key, out var member) ? member : default;
        }

        // A list's members are its indexes, as in the language that the filters come from.
        return int.TryParse(key, System.Globalization.NumberStyles.None, null, out var index)
            && index < value.GetArrayLength() ? value[index] : default;
    }

    private static bool HasElement(JsonElement value, Constraint.Contains contains)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return AreEqual(value, contains);
        }

        foreach (var element in value.EnumerateArray())
        {
            if (AreEqual(element, contains))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(JsonElement element, Constraint.Contains contains) => contains.TypeInsensitive
        ? string.Equals(TextOf(element), TextOf(contains.Element), StringComparison.Ordinal)
        : JsonElement.DeepEquals(element, contains.Element);

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static int LengthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.String => value.GetString()!.Length,
        JsonValueKind.Object => value.EnumerateObject().Count(),
        _ => -1,
    };

    private static string Reason(string path, string reason, bool explain) => explain ? $"[{path}]: {reason}" : No;
}

using System.Collections;
using System.Globalization;
using System.Text.Json;
using AnyFetch.Api.Representations;
using HandlebarsDotNet;

namespace AnyFetch.Api.Projection;

/// <summary>Values as projections see them: what JavaScript would print and take for true.</summary>
internal static class ProjectionValue
{
    /// <summary>A JSON value as dictionaries, arrays, text, numbers and booleans.</summary>
    public static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => FromObject(json),
        JsonValueKind.Array => FromArray(json),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => FromNumber(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>An object's keys and values.</summary>
    public static Dictionary<string, object?> FromObject(JsonElement json)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            values[property.Name] = FromJson(property.Value);
        }

        return values;
    }

    /// <summary>A helper's argument without the marks of the template engine: null when there is nothing.</summary>
    public static object? Unwrap(object? value) => value is UndefinedBindingResult ? null : value;

    /// <summary>False for null, <c>false</c>, 0 and empty text (search-and-projection §2.3).</summary>
    public static bool IsTruthy(object? value) => Unwrap(value) switch
    {
        null or false or "" => false,
        long number => number != 0,
        double number => number != 0 && !double.IsNaN(number),
        int number => number != 0,
        _ => true,
    };

    /// <summary>The text that JavaScript prints: arrays comma-joined, objects as <c>[object Object]</c>.</summary>
    public static string ToText(object? value) => Unwrap(value) switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset date => JsonWriterExtensions.FormatDate(date),
        IDictionary => "[object Object]",
        IEnumerable items => string.Join(',', items.Cast<object?>().Select(ToText)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private static object?[] FromArray(JsonElement json)
    {
        var items = new object?[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            items[i++] = FromJson(item);
        }

        return items;
    }

    private static object FromNumber(JsonElement json) =>
        json.TryGetInt64(out var integer) ? integer : json.GetDouble();
}

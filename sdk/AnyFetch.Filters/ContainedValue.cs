using System.Globalization;
using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>What <c>$contains</c> and <c>$containsTypeInsensitive</c> look for.</summary>
internal readonly struct ContainedValue(JsonElement value, bool isTypeInsensitive)
{
    private readonly string? _text =
        isTypeInsensitive || value.ValueKind == JsonValueKind.String ? TextOf(value) : null;

    internal bool IsText(string text) => text == _text;

    internal bool Equals(JsonElement element) => isTypeInsensitive
        ? TextOf(element) == _text
        : JsonElement.DeepEquals(element, value);

    /// <summary>The JSON text that was asked for.</summary>
    public override string ToString() => value.GetRawText();

    /// <summary>The text form as ECMAScript gives it for scalars, so that <c>42.0</c> equals <c>"42"</c>.</summary>
    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.TryGetInt64(out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : element.TryGetDouble(out var number) ? number.ToString(CultureInfo.InvariantCulture) : element.GetRawText(),
        _ => element.GetRawText(),
    };
}

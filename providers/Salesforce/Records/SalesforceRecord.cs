using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>One record of an answer.</summary>
internal readonly record struct SalesforceRecord(JsonElement Json)
{
    public string Id => Text("Id") ?? "";

    /// <summary>
    /// A text, whose lines end as one interface ends them; null when it is empty or may not be seen. <c>Account.Name</c> is a
    /// field of the related record.
    /// </summary>
    public string? Text(string field) =>
        Find(field) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text
            ? text.ReplaceLineEndings("\n")
            : null;

    public long? Integer(string field) =>
        Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? (long)number : null;

    public bool IsTrue(string field) => Find(field) is { ValueKind: JsonValueKind.True };

    /// <summary>Any value, for a document; null when it is empty or may not be seen, which erases an older one.</summary>
    public JsonNode? Node(string field) => Find(field) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => Text(field),
        JsonValueKind.Number => Number(value) is { } number ? JsonValue.Create(number) : JsonValue.Create(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public DateTimeOffset? Date(string field) => SalesforceDates.Read(Text(field));

    /// <summary>A value as a text that does not depend on how it was written; null when it is empty or may not be seen.</summary>
    public string? Canonical(string field) => Find(field) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String when Date(field) is { } date => SalesforceDates.Write(date),
        JsonValueKind.String => Text(field),
        JsonValueKind.Number => Number(value)?.ToString(CultureInfo.InvariantCulture) ?? value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    // Divided by one with all its digits, a decimal loses the zeros at its end.
    private static decimal? Number(JsonElement value) =>
        value.TryGetDecimal(out var number) ? number / 1.0000000000000000000000000000m : null;

    private JsonElement? Find(string field)
    {
        var value = Json;
        foreach (var name in field.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>One record of an answer.</summary>
internal readonly record struct SalesforceRecord(JsonElement Json)
{
    public string Id => Text("Id") ?? "";

    /// <summary>A text; null when it is empty or may not be seen. <c>Account.Name</c> is a field of the related record.</summary>
    public string? Text(string field) =>
        Find(field) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public long? Integer(string field) =>
        Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? (long)number : null;

    public bool IsTrue(string field) => Find(field) is { ValueKind: JsonValueKind.True };

    /// <summary>Any value, for a document; null when it is empty or may not be seen, which erases an older one.</summary>
    public JsonNode? Node(string field) => Find(field) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => Text(field),
        JsonValueKind.Number => JsonValue.Create(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public DateTimeOffset? Date(string field) => SalesforceDates.Read(Text(field));

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

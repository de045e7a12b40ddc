using System.Text.Json;
using AnyFetch.Filters;

namespace AnyFetch.Hydrater.Filters;

/// <summary>
/// One filter of a hydrater in the constraint language of hydration.md §2: an object whose every key must hold.
/// </summary>
public sealed class HydraterFilter
{
    private readonly Filter _filter;

    private HydraterFilter(JsonElement json, Filter filter)
    {
        Json = json;
        _filter = filter;
    }

    /// <summary>The filter that every document passes, <c>{}</c>.</summary>
    public static HydraterFilter All { get; } = Parse("{}");

    /// <summary>The filter as JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>Parses a filter. Throws <see cref="FormatException"/> with the path of the fault when it is not a valid one.</summary>
    public static HydraterFilter Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException("A filter must be a JSON object.", error);
        }
    }

    /// <summary>Parses a filter. Throws <see cref="FormatException"/> with the path of the fault when it is not a valid one.</summary>
    public static HydraterFilter Parse(JsonElement json) =>
        TryParse(json, out var filter, out var error) ? filter! : throw new FormatException(error);

    /// <summary>Parses a filter, or says with the path of the faulty key what is wrong with it.</summary>
    public static bool TryParse(JsonElement json, out HydraterFilter? filter, out string? error)
    {
        filter = Filter.Parse(json, out error) is { } parsed ? new HydraterFilter(json.Clone(), parsed) : null;
        return filter is not null;
    }

    /// <summary>Whether the view of a document (hydration.md §2) passes. Never throws on a type mismatch.</summary>
    public bool Matches(JsonElement view) => _filter.Matches(new JsonView(view));

    /// <summary>
    /// Why the view of a document does not pass, as <c>[path.of.key]: reason</c>, or null when it does.
    /// </summary>
    public string? Explain(JsonElement view) => _filter.Explain(new JsonView(view));

    /// <summary>
    /// The same filter with the names under <c>hydratedBy</c> and <c>hydrating</c> mapped, which turns short names into URLs.
    /// </summary>
    public HydraterFilter WithUrls(Func<string, string> urlOf)
    {
        ArgumentNullException.ThrowIfNull(urlOf);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in Json.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                WriteMapped(writer, member.Value, member.Name is "hydratedBy" or "hydrating" ? urlOf : null);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return Parse(document.RootElement);
    }

    private static void WriteMapped(Utf8JsonWriter writer, JsonElement value, Func<string, string>? urlOf)
    {
        if (urlOf is null || value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.Name.StartsWith("$contains", StringComparison.Ordinal)
                && member.Value.ValueKind == JsonValueKind.String)
            {
                writer.WriteStringValue(urlOf(member.Value.GetString()!));
            }
            else
            {
                member.Value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}

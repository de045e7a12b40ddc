using System.Text.Json;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Bulk;

namespace AnyFetch.Providers.Salesforce;

/// <summary>How far each object's listing came.</summary>
/// <param name="Places">By the object's name.</param>
internal sealed record SalesforceCursor(IReadOnlyDictionary<string, SalesforcePlace> Places)
{
    public string Format() => JsonSerializer.Serialize(this, SalesforceJson.Default.SalesforceCursor);

    public SalesforceCursor With(string name, SalesforcePlace place) =>
        new(new Dictionary<string, SalesforcePlace>(Places) { [name] = place });

    /// <summary>Reads a stored cursor.</summary>
    /// <exception cref="CursorExpiredException">
    /// It is unreadable, of other objects than are read now, or older than deletions are told.
    /// </exception>
    public static SalesforceCursor Parse(string text, IEnumerable<string> names, DateTimeOffset oldest)
    {
        SalesforceCursor? cursor;
        try
        {
            cursor = JsonSerializer.Deserialize(text, SalesforceJson.Default.SalesforceCursor);
        }
        catch (JsonException broken)
        {
            throw new CursorExpiredException("The cursor cannot be read.", broken);
        }

        if (cursor?.Places is null || !cursor.Places.Keys.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)))
        {
            throw new CursorExpiredException("Other objects are read than before.");
        }

        return cursor.Places.Values.All(place => place.Covered >= oldest)
            ? cursor
            : throw new CursorExpiredException("Deletions of so long ago are not told.");
    }
}

/// <summary>How far one object's listing came.</summary>
/// <param name="Modstamp">When the last record that was seen changed, as Salesforce writes it; null before the first.</param>
/// <param name="Id">Its id; empty when the listing begins at that time.</param>
/// <param name="Covered">Until when deletions were asked for.</param>
/// <param name="IsListed">Whether that was the last record.</param>
internal sealed record SalesforcePlace(string? Modstamp, string Id, DateTimeOffset Covered, bool IsListed)
{
    /// <summary>The query job that lists the object; null when pages do.</summary>
    public BulkPlace? Job { get; init; }

    /// <summary>Whether pages list it, however many records there are: Salesforce made no job of it, or lost it.</summary>
    public bool IsPaged { get; init; }
}

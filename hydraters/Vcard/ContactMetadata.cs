using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Calendars.Contacts;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>
/// The metadata of a <c>contact</c> document. What the card does not say is null, which erases what an earlier version of it
/// said.
/// </summary>
internal static class ContactMetadata
{
    /// <summary>Every key that is written.</summary>
    internal static readonly string[] Keys =
    [
        "name", "given_name", "family_name", "nickname", "image", "birthday", "jobTitle", "worksFor", "phone", "email", "address",
        "website", "groups", "text",
    ];

    internal static JsonObject Of(Contact contact, int photoBytesMax)
    {
        var metadata = new JsonObject
        {
            ["name"] = Line(contact.Name),
            ["given_name"] = Line(contact.GivenName),
            ["family_name"] = Line(contact.FamilyName),
            ["nickname"] = Line(contact.Nickname),
            ["image"] = ContactPicture.ToDataUri(contact.Photo, photoBytesMax),
            ["birthday"] = contact.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["jobTitle"] = Line(contact.JobTitle),
            ["worksFor"] = Line(contact.Organization),
            ["phone"] = Details("phone", contact.Phones),
            ["email"] = Details("email", contact.Emails),
            ["address"] = Details("address", contact.Addresses),
            ["website"] = Lines(contact.Websites),
            ["groups"] = Lines(contact.Groups),
            ["text"] = contact.Note is { } note && TextCleaner.Clean(note).Trim() is { Length: > 0 } text ? text : null,
        };
        return metadata;
    }

    private static JsonArray? Details(string key, IReadOnlyList<ContactDetail> details) => ListOf(details
        .Where(detail => Line(detail.Value) is not null)
        .Select(detail => (JsonNode)(Line(detail.Type) is { } type
            ? new JsonObject { [key] = Line(detail.Value), ["type"] = type }
            : new JsonObject { [key] = Line(detail.Value) })));

    private static JsonArray? Lines(IReadOnlyList<string> texts) =>
        ListOf(texts.Select(Line).OfType<string>().Select(line => (JsonNode)JsonValue.Create(line)));

    private static JsonArray? ListOf(IEnumerable<JsonNode> items) => new JsonArray([.. items]) is { Count: > 0 } list ? list : null;

    private static string? Line(string? text) =>
        text is not null && TextCleaner.CleanAndSqueeze(text) is { Length: > 0 } line ? line : null;
}

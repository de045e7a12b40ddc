using System.Text;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Json;

namespace AnyFetch.Api.DocumentTypes;

/// <summary>
/// The types that every installation has (api.md §5), with their projections, templates and mappings from the folder
/// <c>BuiltIn</c>. The server writes them to the store when it starts.
/// </summary>
public static class BuiltInDocumentTypeCatalog
{
    /// <summary>All of them, in the order of their ids.</summary>
    public static IReadOnlyList<DocumentType> All { get; } =
    [
        Load(BuiltInDocumentTypes.Contact, "contact", "Person: address-book entry, customer…"),
        Load(BuiltInDocumentTypes.File, "file", "Fallback type for any binary content"),
        Load(BuiltInDocumentTypes.Document, "document", "Text-like file with a clean HTML rendering"),
        Load(BuiltInDocumentTypes.Image, "image", "Picture with base64 thumbnail and preview"),
        Load(BuiltInDocumentTypes.TrelloCard, "trello-card", "Trello card"),
        Load(BuiltInDocumentTypes.Email, "email", "Single e-mail"),
        Load(BuiltInDocumentTypes.Event, "event", "Calendar event"),
        Load(BuiltInDocumentTypes.Note, "note", "Note with its tags and its notebook"),
        Load(BuiltInDocumentTypes.EmailThread, "email-thread", "E-mail conversation"),
    ];

    private static DocumentType Load(DocumentTypeId id, string name, string description) => new()
    {
        Id = id,
        Name = name,
        Description = description,
        Projections = new ViewTexts(Read(name, "title.hbs"), Read(name, "snippet.hbs"), Read(name, "full.hbs")),
        Templates = new ViewTexts(
            Read(name, "title.mustache").TrimEnd(),
            Read(name, "snippet.mustache"),
            Read(name, "full.mustache")),
        Mapping = JsonFields.FromText(Read(name, "mapping.json")),
    };

    private static string Read(string type, string file)
    {
        var resource = $"types/{type}/{file}";
        using var stream = typeof(BuiltInDocumentTypeCatalog).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource '{resource}' is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

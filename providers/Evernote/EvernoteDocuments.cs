using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Notes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>What becomes of notes and of what lies in them (providers specification, section 7).</summary>
internal sealed class EvernoteDocuments(EvernoteProviderOptions options)
{
    /// <summary>A note that is in the trash or expunged, with its attachments.</summary>
    public static IEnumerable<SyncItem> Gone(string noteId) =>
        [new SyncItem.Delete(noteId), new SyncItem.DeletePrefix(noteId + "/")];

    /// <summary>A note and its attachments, but for those whose names are junk.</summary>
    public IEnumerable<SyncItem> Describe(EvernoteNote note, EvernoteNames names, SyncContext context)
    {
        var tags = names.TagsOf(note);
        var notebook = names.NotebookOf(note);
        var all = Attachments(note).ToList();
        var attachments = all.Where(attachment => !context.ExcludesFile(NameOf(attachment))).ToList();
        yield return new SyncItem.Upsert(note.Id)
        {
            // What is recognised in a picture changes the picture alone, and a tag's new name changes no note.
            Version = $"{note.Sequence} {note.Resources.Select(resource => resource.Sequence).DefaultIfEmpty().Max()} "
                + EvernoteNames.Digest([notebook, .. tags]) + LinksOf(note, all, attachments),
            Title = note.Title,
            Rank = RankOf(note),
            Payload = new EvernoteItem(note.Id)
            {
                Notebook = notebook,
                Tags = tags,
                Bytes = note.Resources.Sum(resource => (long)resource.Data.Size),
            }.Write(),
        };
        foreach (var attachment in attachments)
        {
            yield return Describe(note, attachment);
        }
    }

    /// <summary>The document of a note.</summary>
    /// <param name="note">The note with its content.</param>
    /// <param name="item">What the listing knew.</param>
    /// <param name="body">What became of its content.</param>
    /// <param name="junk">Names of attachments that are no documents.</param>
    public DocumentDraft Draft(EvernoteNote note, EvernoteItem item, EvernoteBody body, JunkNames junk) => new()
    {
        DocumentType = "note",
        CreationDate = EvernoteTime.Date(note.Created),
        ModificationDate = EvernoteTime.Date(note.Updated ?? note.Created),
        Metadata = new JsonObject
        {
            ["title"] = note.Title,
            ["text"] = body.Text,
            ["keywords"] = Array(body.Keywords),
            ["tags"] = Array(item.Tags),
            ["notebook"] = item.Notebook,
        },
        Data = new JsonObject { ["html"] = body.Html },
        Actions = Show(note.Id),
        Related =
        [
            .. Attachments(note).Where(attachment => !junk.MatchesFile(NameOf(attachment)))
                .Select(attachment => IdentifierOf(note, attachment)),
        ],
    };

    /// <summary>The document of an attachment.</summary>
    public DocumentDraft Draft(EvernoteItem item) => new()
    {
        DocumentType = "file",
        CreationDate = EvernoteTime.Date(item.Created),
        ModificationDate = EvernoteTime.Date(item.Updated),
        Metadata = new JsonObject { ["path"] = item.Path, ["title"] = ReadableTitle.FromPath(item.Path) },
        Actions = Show(item.NoteId),
        Related = [item.NoteId],
    };

    /// <summary>Whether it is shown within its note.</summary>
    public bool IsInline(EvernoteResource resource) =>
        resource.Data.Size <= options.InlineBytesMax && NoteFiles.IsPicture(resource.Type);

    private IEnumerable<EvernoteResource> Attachments(EvernoteNote note) => note.Resources.Where(resource =>
        resource.Id.Length > 0 && !IsInline(resource));

    // A note leads to its attachments: it changes when some of them are left out that were not before.
    private static string LinksOf(
        EvernoteNote note, List<EvernoteResource> all, List<EvernoteResource> attachments) =>
        attachments.Count == all.Count ? ""
            : " " + EvernoteNames.Digest([.. attachments.Select(attachment => IdentifierOf(note, attachment))]);

    private static SyncItem.Upsert Describe(EvernoteNote note, EvernoteResource attachment)
    {
        var item = new EvernoteItem(note.Id)
        {
            ResourceId = attachment.Id,
            Path = PathOf(note, attachment),
            Type = attachment.Type,
            Bytes = attachment.Data.Size,
            Created = note.Created,
            Updated = note.Updated ?? note.Created,
        };
        return new SyncItem.Upsert(IdentifierOf(note, attachment))
        {
            Version = $"{attachment.Data.Hash} {EvernoteNames.Digest(item.Path, item.Type)}",
            ContentVersion = attachment.Data.Hash,
            Title = NameOf(attachment),
            Rank = RankOf(note),
            Payload = item.Write(),
        };
    }

    private static string IdentifierOf(EvernoteNote note, EvernoteResource attachment) => $"{note.Id}/{attachment.Id}";

    // A path of two: the note, and the file in it.
    private static string PathOf(EvernoteNote note, EvernoteResource attachment) =>
        CanonicalText.Compose($"/{NoteFiles.Segment(note.Title ?? note.Id)}/{NoteFiles.Segment(NameOf(attachment))}");

    private static string NameOf(EvernoteResource resource) =>
        NoteFiles.Name(resource.FileName, resource.Type, resource.Id);

    private static long RankOf(EvernoteNote note) => -((note.Updated ?? note.Created ?? 0) / 1000);

    private Dictionary<string, string> Show(string noteId) => new()
    {
        ["show"] = $"{new Uri(options.ServiceUrl, "Home.action").AbsoluteUri}#n={noteId}&ses=4&sh=2&sds=5",
    };

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Text;
using AnyFetch.Notes;

namespace AnyFetch.Hydraters.Enex;

/// <summary>The documents of notes and of what lies in them, as the Evernote provider makes them (providers.md §7).</summary>
internal sealed class EnexDrafts(EnexHydraterOptions options, HydrationDocument export)
{
    private const int NameCharactersMax = 200;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _actions = export.Actions.EnumerateObject()
        .Where(action => action.Value.ValueKind == JsonValueKind.String)
        .ToDictionary(action => action.Name, action => action.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>Whether something in a note becomes a document of its own.</summary>
    internal static bool IsAttachment(EnexResource resource, EnexHydraterOptions options) =>
        resource.Data is { } data && (data.Length > options.InlineBytesMax || !NoteFiles.IsPicture(resource.Type));

    /// <summary>The attachments of a note, then the note.</summary>
    internal IEnumerable<ChildDraft> Of(EnexNote note, Func<string> newPath)
    {
        var identifier = Take($"{export.Identifier}/{EnexSurvey.KeyOf(note)}");
        var attachments = note.Resources.Where(resource => IsAttachment(resource, options)).Take(options.AttachmentsMax)
            .Select(resource => (Resource: resource, Identifier: Take($"{identifier}/{NameOf(resource)}"))).ToList();
        var (created, updated) = (EnexNote.DateOf(note.Created), EnexNote.DateOf(note.Updated));
        foreach (var attachment in attachments)
        {
            yield return Attachment(note, attachment.Resource, newPath) with
            {
                Identifier = attachment.Identifier,
                Related = [identifier],
                CreationDate = created,
                ModificationDate = updated ?? created,
            };
        }

        var (html, text) = Body(note);
        yield return new ChildDraft
        {
            Identifier = identifier,
            DocumentType = "note",
            Metadata = new JsonObject
            {
                ["title"] = Line(note.Title),
                ["text"] = text,
                ["keywords"] = Lines(Keywords(note)),
                ["tags"] = Lines(note.Tags),
            },
            Data = new JsonObject { ["html"] = html },
            Actions = _actions,
            Related = [.. attachments.Select(attachment => attachment.Identifier)],
            CreationDate = created,
            ModificationDate = updated ?? created,
        };
    }

    private ChildDraft Attachment(EnexNote note, EnexResource resource, Func<string> newPath)
    {
        var path = resource.Data!.Path ?? newPath();
        if (resource.Data.Path is null)
        {
            File.WriteAllBytes(path, resource.Data.Bytes.Span);
        }

        var name = NameOf(resource);
        var title = NoteFiles.Segment(TextCleaner.RemoveControls(note.Title));
        return new ChildDraft
        {
            File = DocumentFile.FromPath(path),
            Metadata = new JsonObject { ["path"] = title.Length > 0 ? $"/{title}/{name}" : $"/{name}" },
            Actions = _actions,
        };
    }

    // A note whose markup is broken keeps its title, its tags and what lies in it, and harms no other.
    private (string? Html, string? Text) Body(EnexNote note)
    {
        if (note.Markup is not { Length: > 0 } markup)
        {
            return (null, null);
        }

        var shown = Show(note);
        try
        {
            var (html, text) = NoteMarkup.Convert(
                markup,
                media => shown.GetValueOrDefault(media.Hash) ?? WebUtility.HtmlEncode(media.Alternative),
                options.TextCharactersMax);
            return (html, TextCleaner.Clean(text));
        }
        catch (InvalidDataException)
        {
            return (null, null);
        }
    }

    private Dictionary<string, string> Show(EnexNote note)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = (long)options.InlineTotalBytesMax;
        foreach (var resource in note.Resources)
        {
            if (resource.Data is not { } data)
            {
                continue;
            }

            var isInline = !IsAttachment(resource, options) && data.Length <= left;
            left -= isInline ? data.Length : 0;
            shown[data.Hash] = isInline
                ? NoteFiles.Picture(resource.FileName, resource.Type, data.Bytes.Span)
                : NoteFiles.Mention(resource.FileName);
        }

        return shown;
    }

    private IReadOnlyList<string> Keywords(EnexNote note)
    {
        var words = new RecognizedWords(options.KeywordsMax);
        note.Resources.ForEach(resource => words.Add(resource.Recognition));
        return words.Words;
    }

    // The end is kept, where the extension is.
    private static string NameOf(EnexResource resource)
    {
        var name = NoteFiles.Name(resource.FileName, resource.Type, resource.Data!.Hash);
        var clean = NoteFiles.Segment(new string([.. TextCleaner.RemoveControls(name).Select(
            c => c is '\n' or '\t' or '\\' || char.IsSurrogate(c) ? '_' : c)]));
        return clean.Length == 0 ? resource.Data.Hash : clean[Math.Max(0, clean.Length - NameCharactersMax)..];
    }

    private string Take(string identifier)
    {
        var candidate = identifier;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = $"{identifier} ({number})";
        }

        return candidate;
    }

    private static string Line(string text) => TextCleaner.CleanAndSqueeze(text);

    private static JsonArray Lines(IEnumerable<string> texts) =>
        [.. texts.Select(Line).Where(line => line.Length > 0).Select(line => (JsonNode)line)];
}

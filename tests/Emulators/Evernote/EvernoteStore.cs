namespace AnyFetch.Emulators.Evernote;

/// <summary>The methods of NoteStore and UserStore that are emulated, after the published IDL.</summary>
internal sealed class EvernoteStore(EvernoteNotes notes, TimeProvider time)
{
    /// <summary>The result of a method, as the struct that a reply holds: field 0, or a refusal.</summary>
    public WireStruct Answer(string method, WireStruct arguments) => method switch
    {
        "getUser" => Result(new WireStruct().With(1, 161).With(2, EvernoteEmulator.UserName).With(9, 1_300_000_000_000L)),
        "revokeLongSession" => [],
        "getSyncState" => Result(State()),
        "getFilteredSyncChunk" => Result(Chunk(arguments)),
        "listNotebooks" => Result(notes.Notebooks().ToList()),
        "listTags" => Result(notes.Tags().ToList()),
        "getNote" => notes.Find(arguments.Text(2)) is { } note
            ? Result(Note(note, arguments.Flag(3), arguments.Flag(4), arguments.Flag(5)))
            : NotFound("Note.guid", arguments.Text(2)),
        "getResourceData" => notes.FindResource(arguments.Text(2)) is { } resource
            ? Result(resource.Content)
            : NotFound("Resource.guid", arguments.Text(2)),
        _ => throw new NotSupportedException($"The method {method} is not emulated."),
    };

    private static WireStruct Result(object value) => new WireStruct().With(0, value);

    private static WireStruct NotFound(string identifier, string key) =>
        new WireStruct().With(3, new WireStruct().With(1, identifier).With(2, key));

    private WireStruct State() => new WireStruct()
        .With(1, Milliseconds(time.GetUtcNow()))
        .With(2, Milliseconds(notes.FullSyncBefore))
        .With(3, notes.UpdateCount)
        .With(4, 12345L);

    private WireStruct Chunk(WireStruct arguments)
    {
        var filter = arguments.Part(4);
        var updateCount = notes.UpdateCount;
        var changes = notes.Since(arguments.Number(2), arguments.Number(3), filter.Flag);
        return new WireStruct()
            .With(1, Milliseconds(time.GetUtcNow()))
            .With(2, changes.Count > 0 ? changes[^1].Sequence : null)
            .With(3, Math.Max(updateCount, changes.Count > 0 ? changes[^1].Sequence : 0))
            .With(4, List(changes, change => change is { Note: { } note, Resource: null }
                ? Note(note, withContent: false, withData: false, withRecognition: false, filter.Flag(2))
                : null))
            .With(5, List(changes, change => change.NotebookId is { } id ? new WireStruct().With(1, id) : null))
            .With(8, List(changes, change => change is { Note: { } note, Resource: { } resource }
                ? Resource(note, resource, withData: false, withRecognition: false)
                : null))
            .With(9, List(changes, change => change.ExpungedNote))
            .With(10, List(changes, change => change.ExpungedNotebook));
    }

    // A list without elements is left out, as the service does.
    private static List<object>? List(IEnumerable<EvernoteChange> changes, Func<EvernoteChange, object?> select)
    {
        var list = changes.Select(select).OfType<object>().ToList();
        return list.Count > 0 ? list : null;
    }

    private static WireStruct Note(
        EmulatedNote note, bool withContent, bool withData, bool withRecognition, bool withResources = true) =>
        new WireStruct()
            .With(1, note.Id)
            .With(2, note.Title)
            .With(3, withContent ? note.Content : null)
            .With(4, new byte[16])
            .With(5, note.Content.Length)
            .With(6, Milliseconds(note.Created))
            .With(7, Milliseconds(note.Updated))
            .With(8, note.Deleted is { } deleted ? Milliseconds(deleted) : null)
            .With(9, note.Deleted is null)
            .With(10, note.Sequence)
            .With(11, note.NotebookId)
            .With(12, note.TagIds.Count > 0 ? note.TagIds.ToList() : null)
            .With(13, withResources && note.Resources.Count > 0
                ? note.Resources.Select(resource => Resource(note, resource, withData, withRecognition)).ToList()
                : null)
            .With(14, new WireStruct().With(10, 48.85).With(11, 2.35).With(13, "Ann"));

    private static WireStruct Resource(
        EmulatedNote note, EmulatedResource resource, bool withData, bool withRecognition) => new WireStruct()
        .With(1, resource.Id)
        .With(2, note.Id)
        .With(3, Data(resource.Hash(), resource.Size, withData ? resource.Content : null))
        .With(4, resource.Type)
        .With(5, (short)640)
        .With(6, (short)480)
        .With(8, true)
        .With(9, resource.Recognition is { } words
            ? Data(new byte[16], words.Length, withRecognition ? System.Text.Encoding.UTF8.GetBytes(words) : null)
            : null)
        .With(11, new WireStruct()
            .With(10, resource.FileName)
            .With(11, resource.FileName is not null)
            .With(12, new WireStruct().With(2, new Dictionary<string, string> { ["application"] = "data" })))
        .With(12, resource.Sequence);

    private static WireStruct Data(byte[] hash, int size, byte[]? body) =>
        new WireStruct().With(1, hash).With(2, size).With(3, body);

    private static long Milliseconds(DateTimeOffset date) => date.ToUnixTimeMilliseconds();
}

using System.Text;

namespace AnyFetch.Emulators.Evernote;

/// <summary>
/// The notes of one emulated Evernote. Every change of anything takes the next update sequence number, and a page of changes
/// tells all that has a number after a given one, in order: each thing once, as it is now.
/// </summary>
public sealed class EvernoteNotes(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EmulatedNote> _notes = [];
    private readonly Dictionary<string, (string Name, int Sequence)> _notebooks = [];
    private readonly Dictionary<string, (string Name, int Sequence)> _tags = [];
    private readonly List<(string Id, bool IsNotebook, int Sequence)> _expunged = [];
    private int _sequence;
    private int _ids;

    /// <summary>Whoever listed before this has to list everything again.</summary>
    public DateTimeOffset FullSyncBefore { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The highest number that was given.</summary>
    public int UpdateCount
    {
        get
        {
            lock (_lock)
            {
                return _sequence;
            }
        }
    }

    public string PutNotebook(string name) => PutLabel(_notebooks, name);

    public string PutTag(string name) => PutLabel(_tags, name);

    /// <summary>Gives a tag another name; its notes are not touched by it.</summary>
    public void RenameTag(string id, string name)
    {
        lock (_lock)
        {
            _tags[id] = (name, ++_sequence);
        }
    }

    /// <summary>A picture or an attachment to put into a note.</summary>
    public EmulatedResource Resource(string type, byte[] content, string? fileName = null) =>
        new(NextId(), type, content, fileName);

    /// <summary>Makes a note; its body stands within <c>en-note</c>.</summary>
    public EmulatedNote Put(string title, string body, params EmulatedResource[] resources) =>
        Put(new EmulatedNote(NextId(), title, Markup(body)) { Resources = resources });

    /// <summary>Makes or replaces a note, with new numbers for what lies in it.</summary>
    public EmulatedNote Put(EmulatedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var resources = note.Resources.Select(resource => resource with { Sequence = ++_sequence }).ToList();
            var stored = note with
            {
                Resources = resources,
                Sequence = ++_sequence,
                Created = note.Created == default ? now : note.Created,
                Updated = now,
            };
            _notes[note.Id] = stored;
            return stored;
        }
    }

    /// <summary>Finds words in a picture after its note was made: the picture changes, the note does not.</summary>
    public void Recognize(EmulatedNote note, string recognition)
    {
        ArgumentNullException.ThrowIfNull(note);
        lock (_lock)
        {
            var known = _notes[note.Id];
            var resource = known.Resources[0] with { Recognition = recognition, Sequence = ++_sequence };
            _notes[note.Id] = known with { Resources = [resource, .. known.Resources.Skip(1)] };
        }
    }

    /// <summary>Moves a note to the trash.</summary>
    public void Trash(string id) => Put(Find(id)! with { Deleted = time.GetUtcNow() });

    /// <summary>Takes a note out of the trash.</summary>
    public void Restore(string id) => Put(Find(id)! with { Deleted = null });

    /// <summary>Removes a note for ever.</summary>
    public void Expunge(string id)
    {
        lock (_lock)
        {
            _notes.Remove(id);
            _expunged.Add((id, false, ++_sequence));
        }
    }

    /// <summary>Removes a notebook for ever; its notes go without a word.</summary>
    public void ExpungeNotebook(string id)
    {
        lock (_lock)
        {
            foreach (var note in _notes.Values.Where(note => note.NotebookId == id).ToList())
            {
                _notes.Remove(note.Id);
            }

            _notebooks.Remove(id);
            _expunged.Add((id, true, ++_sequence));
        }
    }

    /// <summary>Forgets the removals of the past: whoever listed before has to list everything again.</summary>
    public void Forget() => FullSyncBefore = time.GetUtcNow().AddMilliseconds(1);

    /// <summary>Whether pages of changes begin at the beginning again and again.</summary>
    public bool StandsStill { get; set; }

    /// <summary>Loses a note without telling anybody, as old removals are forgotten at last.</summary>
    public void Lose(string id)
    {
        lock (_lock)
        {
            _notes.Remove(id);
        }
    }

    public EmulatedNote? Find(string id)
    {
        lock (_lock)
        {
            return _notes.GetValueOrDefault(id);
        }
    }

    public EmulatedResource? FindResource(string id) =>
        All().SelectMany(note => note.Resources).FirstOrDefault(resource => resource.Id == id);

    public IReadOnlyList<EmulatedNote> All()
    {
        lock (_lock)
        {
            return [.. _notes.Values];
        }
    }

    internal IReadOnlyList<WireStruct> Notebooks() => Labels(_notebooks);

    internal IReadOnlyList<WireStruct> Tags() => Labels(_tags);

    /// <summary>What has a number after another one, in order.</summary>
    /// <param name="after">The number.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="includes">Whether a kind of thing is wanted, by its number in the filter.</param>
    internal IReadOnlyList<EvernoteChange> Since(int after, int most, Func<short, bool> includes)
    {
        lock (_lock)
        {
            var changes = new List<EvernoteChange>();
            Add(1, _notes.Values.Select(note => new EvernoteChange(note.Sequence) { Note = note }));
            Add(4, _notebooks.Select(pair => new EvernoteChange(pair.Value.Sequence) { NotebookId = pair.Key }));
            Add(5, _tags.Select(pair => new EvernoteChange(pair.Value.Sequence) { TagId = pair.Key }));
            Add(7, _notes.Values.SelectMany(note => note.Resources.Select(
                resource => new EvernoteChange(resource.Sequence) { Note = note, Resource = resource })));
            if (includes(9))
            {
                Add(1, _expunged.Where(gone => !gone.IsNotebook).Select(Expunged));
                Add(4, _expunged.Where(gone => gone.IsNotebook).Select(Expunged));
            }

            return [.. changes.Where(change => change.Sequence > (StandsStill ? 0 : after)).OrderBy(change => change.Sequence).Take(most)];

            void Add(short kind, IEnumerable<EvernoteChange> found)
            {
                if (includes(kind))
                {
                    changes.AddRange(found);
                }
            }
        }
    }

    private static EvernoteChange Expunged((string Id, bool IsNotebook, int Sequence) gone) => new(gone.Sequence)
    {
        ExpungedNote = gone.IsNotebook ? null : gone.Id,
        ExpungedNotebook = gone.IsNotebook ? gone.Id : null,
    };

    /// <summary>A whole note around its body.</summary>
    public static string Markup(string body) => new StringBuilder()
        .Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .Append("<!DOCTYPE en-note SYSTEM \"http://xml.evernote.com/pub/enml2.dtd\">")
        .Append("<en-note>").Append(body).Append("</en-note>").ToString();

    private string PutLabel(Dictionary<string, (string Name, int Sequence)> labels, string name)
    {
        var id = NextId();
        lock (_lock)
        {
            labels[id] = (name, ++_sequence);
        }

        return id;
    }

    private WireStruct[] Labels(Dictionary<string, (string Name, int Sequence)> labels)
    {
        lock (_lock)
        {
            return [.. labels.Select(pair => new WireStruct().With(1, pair.Key).With(2, pair.Value.Name))];
        }
    }

    private string NextId() => $"00000000-0000-4000-8000-{Interlocked.Increment(ref _ids):x12}";
}

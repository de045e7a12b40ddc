using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A page of changes, ascending by update sequence number (NoteStore.thrift, struct SyncChunk).</summary>
internal sealed record EvernoteChunk
{
    /// <summary>The highest number in it; null when it is empty.</summary>
    public int? HighSequence { get; private set; }

    /// <summary>The highest number there is.</summary>
    public int UpdateCount { get; private set; } = -1;

    public IReadOnlyList<EvernoteNote> Notes { get; private set; } = [];

    /// <summary>Pictures and attachments that changed: with their note, or because something was recognised in them.</summary>
    public IReadOnlyList<EvernoteResource> Resources { get; private set; } = [];

    /// <summary>The ids of notes that are gone for ever.</summary>
    public IReadOnlyList<string> ExpungedNotes { get; private set; } = [];

    /// <summary>The ids of notebooks that are gone for ever, and with them their notes.</summary>
    public IReadOnlyList<string> ExpungedNotebooks { get; private set; } = [];

    public static EvernoteChunk Read(ThriftReader reader)
    {
        var chunk = new EvernoteChunk();
        while (reader.Next(out var field))
        {
            chunk.Read(reader, field);
        }

        return chunk.UpdateCount >= 0 ? chunk : throw new InvalidDataException("A page of changes has no count.");
    }

    private void Read(ThriftReader reader, ThriftField field)
    {
        switch (field)
        {
            case (2, ThriftType.Int32):
                HighSequence = reader.ReadInt32();
                break;
            case (3, ThriftType.Int32):
                UpdateCount = reader.ReadInt32();
                break;
            case (4, ThriftType.List):
                Notes = reader.ReadList(EvernoteNote.Read);
                break;
            case (8, ThriftType.List):
                Resources = reader.ReadList(EvernoteResource.Read);
                break;
            case (9, ThriftType.List):
                ExpungedNotes = reader.ReadList(each => each.ReadText());
                break;
            case (10, ThriftType.List):
                ExpungedNotebooks = reader.ReadList(each => each.ReadText());
                break;
            default:
                reader.Skip(field.Type);
                break;
        }
    }
}

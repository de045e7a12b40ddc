using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A note, as far as it is read (Types.thrift, struct Note). Dates are milliseconds since 1970.</summary>
internal sealed record EvernoteNote
{
    public string Id { get; private set; } = "";

    public string? Title { get; private set; }

    /// <summary>The markup; absent from listings.</summary>
    public string? Content { get; private set; }

    public long? Created { get; private set; }

    public long? Updated { get; private set; }

    public long? Deleted { get; private set; }

    public bool IsActive { get; private set; } = true;

    /// <summary>Its update sequence number: what changes with every change.</summary>
    public int Sequence { get; private set; }

    public string? NotebookId { get; private set; }

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public IReadOnlyList<EvernoteResource> Resources { get; private set; } = [];

    /// <summary>Whether it lies in the trash.</summary>
    public bool IsTrashed => Deleted is not null || !IsActive;

    public static EvernoteNote Read(ThriftReader reader)
    {
        var note = new EvernoteNote();
        while (reader.Next(out var field))
        {
            note.Read(reader, field);
        }

        return note.Id.Length > 0 ? note : throw new InvalidDataException("A note has no id.");
    }

    private void Read(ThriftReader reader, ThriftField field)
    {
        switch (field)
        {
            case (1, ThriftType.Text):
                Id = reader.ReadText();
                break;
            case (2, ThriftType.Text):
                Title = reader.ReadText();
                break;
            case (3, ThriftType.Text):
                Content = reader.ReadText();
                break;
            case (6, ThriftType.Int64):
                Created = reader.ReadInt64();
                break;
            case (7, ThriftType.Int64):
                Updated = reader.ReadInt64();
                break;
            case (8, ThriftType.Int64):
                Deleted = reader.ReadInt64();
                break;
            case (9, ThriftType.Bool):
                IsActive = reader.ReadBool();
                break;
            case (10, ThriftType.Int32):
                Sequence = reader.ReadInt32();
                break;
            case (11, ThriftType.Text):
                NotebookId = reader.ReadText();
                break;
            case (12, ThriftType.List):
                TagIds = reader.ReadList(each => each.ReadText());
                break;
            case (13, ThriftType.List):
                Resources = reader.ReadList(EvernoteResource.Read);
                break;
            default:
                reader.Skip(field.Type);
                break;
        }
    }
}

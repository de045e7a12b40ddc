using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A picture or an attachment of a note, as far as it is read (Types.thrift, struct Resource).</summary>
internal sealed record EvernoteResource
{
    public string Id { get; private set; } = "";

    public string? NoteId { get; private set; }

    /// <summary>The media type.</summary>
    public string Type { get; private set; } = "application/octet-stream";

    public EvernoteData Data { get; private set; } = new();

    /// <summary>What was recognised in it, as XML; its body is absent from listings.</summary>
    public EvernoteData Recognition { get; private set; } = new();

    public string? FileName { get; private set; }

    /// <summary>Its update sequence number.</summary>
    public int Sequence { get; private set; }

    public static EvernoteResource Read(ThriftReader reader)
    {
        var resource = new EvernoteResource();
        while (reader.Next(out var field))
        {
            resource.Read(reader, field);
        }

        return resource;
    }

    private void Read(ThriftReader reader, ThriftField field)
    {
        switch (field)
        {
            case (1, ThriftType.Text):
                Id = reader.ReadText();
                break;
            case (2, ThriftType.Text):
                NoteId = reader.ReadText();
                break;
            case (3, ThriftType.Struct):
                Data = EvernoteData.Read(reader);
                break;
            case (4, ThriftType.Text):
                Type = reader.ReadText();
                break;
            case (9, ThriftType.Struct):
                Recognition = EvernoteData.Read(reader);
                break;
            case (11, ThriftType.Struct):
                ReadAttributes(reader);
                break;
            case (12, ThriftType.Int32):
                Sequence = reader.ReadInt32();
                break;
            default:
                reader.Skip(field.Type);
                break;
        }
    }

    private void ReadAttributes(ThriftReader reader)
    {
        while (reader.Next(out var field))
        {
            if (field is (10, ThriftType.Text))
            {
                FileName = reader.ReadText();
            }
            else
            {
                reader.Skip(field.Type);
            }
        }
    }
}

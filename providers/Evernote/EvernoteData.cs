using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A piece of content (Types.thrift, struct Data).</summary>
internal sealed record EvernoteData
{
    /// <summary>The MD5 of the content in hexadecimal digits, by which a note's markup names it.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Its length in bytes.</summary>
    public int Size { get; private set; }

    /// <summary>The content, when it was asked for.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public static EvernoteData Read(ThriftReader reader)
    {
        var data = new EvernoteData();
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case (1, ThriftType.Text):
                    data.Hash = Convert.ToHexStringLower(reader.ReadBytes().Span);
                    break;
                case (2, ThriftType.Int32):
                    data.Size = reader.ReadInt32();
                    break;
                case (3, ThriftType.Text):
                    data.Body = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(field.Type);
                    break;
            }
        }

        return data;
    }
}

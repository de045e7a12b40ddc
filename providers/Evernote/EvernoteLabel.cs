using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A tag or a notebook: in both the first field is the id and the second the name.</summary>
internal sealed record EvernoteLabel(string Id, string Name)
{
    public static EvernoteLabel Read(ThriftReader reader)
    {
        var label = new EvernoteLabel("", "");
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case (1, ThriftType.Text):
                    label = label with { Id = reader.ReadText() };
                    break;
                case (2, ThriftType.Text):
                    label = label with { Name = reader.ReadText() };
                    break;
                default:
                    reader.Skip(field.Type);
                    break;
            }
        }

        return label;
    }

    /// <summary>The user name of an account (Types.thrift, struct User).</summary>
    public static string ReadUserName(ThriftReader reader) => Read(reader).Name;
}

using System.Text;
using System.Xml;
using AnyFetch.Notes;

namespace AnyFetch.Hydraters.Enex;

/// <summary>Reads the notes of an export one after the other; no more than one is ever in memory.</summary>
/// <param name="options">The limits.</param>
/// <param name="newPath">Where contents go that are too large for memory; null measures notes and keeps nothing of them.</param>
internal sealed class EnexReader(EnexHydraterOptions options, Func<string>? newPath)
{
    internal const string Root = "en-export";
    internal const string Note = "note";

    private const int LineCharactersMax = 4_000;
    private const int RecognitionCharactersMax = 5_000_000;

    private readonly char[] _buffer = new char[4096];

    /// <summary>The notes.</summary>
    /// <exception cref="XmlException">The export is no XML, or ends too early.</exception>
    /// <exception cref="InvalidDataException">It is XML of something else.</exception>
    internal IEnumerable<EnexNote> Read(Stream export, CancellationToken cancellationToken)
    {
        using var xml = NoteXml.Open(export);
        foreach (var _ in Find(xml, cancellationToken))
        {
            yield return ReadNote(xml);
        }
    }

    /// <summary>Stops at the beginning of each note, which the caller reads or skips.</summary>
    internal static IEnumerable<XmlReader> Find(XmlReader xml, CancellationToken cancellationToken)
    {
        if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != Root)
        {
            throw new InvalidDataException("It is no export of notes.");
        }

        xml.Read();
        while (!xml.EOF)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (xml.LocalName == Note)
            {
                yield return xml;
            }
            else
            {
                xml.Skip();
            }
        }
    }

    private EnexNote ReadNote(XmlReader xml)
    {
        var note = new EnexNote();
        foreach (var name in Members(xml))
        {
            switch (name)
            {
                case "title":
                    note.Title = Text(xml, LineCharactersMax, out _);
                    break;
                case "content" when newPath is not null:
                    var markup = Text(xml, options.MarkupCharactersMax, out var isWhole);
                    note.Markup = isWhole ? markup : null;
                    break;
                case "created":
                    note.Created = Text(xml, LineCharactersMax, out _).Trim();
                    break;
                case "updated":
                    note.Updated = Text(xml, LineCharactersMax, out _).Trim();
                    break;
                case "tag" when note.Tags.Count < options.TagsMax:
                    note.Tags.Add(Text(xml, LineCharactersMax, out _));
                    break;
                case "resource":
                    note.Resources.Add(ReadResource(xml));
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return note;
    }

    private EnexResource ReadResource(XmlReader xml)
    {
        var resource = new EnexResource();
        foreach (var name in Members(xml))
        {
            switch (name)
            {
                case "data":
                    resource.Data = ReadData(xml);
                    break;
                case "mime":
                    resource.Type = Text(xml, LineCharactersMax, out _).Trim();
                    break;
                case "recognition" when newPath is not null:
                    var words = Text(xml, RecognitionCharactersMax, out var isWhole);
                    resource.Recognition = isWhole ? words : "";
                    break;
                case "resource-attributes":
                    resource.FileName = ReadFileName(xml);
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return resource;
    }

    private string? ReadFileName(XmlReader xml)
    {
        var fileName = default(string);
        foreach (var name in Members(xml))
        {
            if (name == "file-name")
            {
                fileName = Text(xml, LineCharactersMax, out _).Trim();
            }
            else
            {
                xml.Skip();
            }
        }

        return fileName;
    }

    private EnexData? ReadData(XmlReader xml)
    {
        using var content = new Base64Content(options.InlineBytesMax, newPath);
        foreach (var length in Pieces(xml))
        {
            content.Write(_buffer.AsSpan(0, length));
        }

        return content.Complete();
    }

    private string Text(XmlReader xml, int charactersMax, out bool isWhole)
    {
        var text = new StringBuilder();
        isWhole = true;
        foreach (var length in Pieces(xml))
        {
            var kept = Math.Min(length, charactersMax - text.Length);
            isWhole &= kept == length;
            text.Append(_buffer, 0, kept);
        }

        return text.ToString();
    }

    // Each element in the one that the reader stands on, which is left behind at the end. The caller reads past each.
    private static IEnumerable<string> Members(XmlReader xml)
    {
        var depth = xml.Depth;
        var isEmpty = xml.IsEmptyElement;
        xml.Read();
        while (!isEmpty && !xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                yield return xml.LocalName;
            }
            else
            {
                xml.Read();
            }
        }

        if (!isEmpty)
        {
            xml.Read();
        }
    }

    // The text of the element that the reader stands on, in pieces that lie in the buffer; the element is left behind.
    private IEnumerable<int> Pieces(XmlReader xml)
    {
        var depth = xml.Depth;
        var isEmpty = xml.IsEmptyElement;
        while (!isEmpty && xml.Read() && xml.Depth > depth)
        {
            if (!xml.CanReadValueChunk || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA
                or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
            {
                continue;
            }

            int length;
            while ((length = xml.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0)
            {
                yield return length;
            }
        }

        xml.Read();
    }
}

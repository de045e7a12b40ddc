using System.Xml;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>PowerPoint presentations (PresentationML): slides in their order, each with its notes.</summary>
internal static class PresentationFormat
{
    private const string MainPart = "ppt/presentation.xml";

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var archive = BoundedZip.Open(input.Path);
        OfficePackage.ReadInfo(archive, document);
        if (archive.Find(MainPart) is null)
        {
            throw new InvalidDataException("The package has no presentation part.");
        }

        var parts = OfficePackage.Relationships(archive, MainPart);
        foreach (var id in SlideIds(archive))
        {
            if (!parts.TryGetValue(id, out var slide) || document.IsFull)
            {
                continue;
            }

            document.Open("section");
            ReadPart(archive, slide.Target, document, cancellationToken);
            foreach (var (type, part) in OfficePackage.Relationships(archive, slide.Target).Values)
            {
                if (type == "notesSlide")
                {
                    ReadPart(archive, part, document, cancellationToken);
                }
            }

            document.Close("section");
        }
    }

    private static List<string> SlideIds(BoundedZip archive)
    {
        var ids = new List<string>();
        using var reader = SafeXml.Open(archive, MainPart);
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "sldId"
                && RelationshipId(reader) is { } id)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static string? RelationshipId(XmlReader reader)
    {
        // The element has two attributes called id; the one with a namespace is the relationship's.
        string? id = null;
        for (var found = reader.MoveToFirstAttribute(); found; found = reader.MoveToNextAttribute())
        {
            id = reader.LocalName == "id" && reader.NamespaceURI.Length > 0 ? reader.Value : id;
        }

        reader.MoveToElement();
        return id;
    }

    private static void ReadPart(
        BoundedZip archive, string part, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var reader = SafeXml.Open(archive, part);
        var isText = false;
        var isTitle = false;
        while (reader is not null && !document.IsFull && reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafeXml.CheckDepth(reader);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "ph":
                    isTitle = SafeXml.Attribute(reader, "type") is "title" or "ctrTitle";
                    break;
                case XmlNodeType.Element when reader.LocalName == "p" && !reader.IsEmptyElement:
                    document.BeginBlock(isTitle ? "h2" : "p");
                    break;
                case XmlNodeType.Element when reader.LocalName == "br":
                    document.AppendBreak();
                    break;
                case XmlNodeType.Element when reader.LocalName == "t":
                    isText = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText:
                    document.AppendText(reader.Value);
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "t":
                    isText = false;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "p":
                    document.EndBlock();
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "sp":
                    isTitle = false;
                    break;
            }
        }

        document.EndBlock();
    }
}

using System.Xml;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>OpenDocument texts, spreadsheets and presentations (ODF 1.3 part 3).</summary>
internal static class OpenDocumentFormat
{
    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var archive = BoundedZip.Open(input.Path);
        RefuseEncrypted(archive);
        OfficePackage.ReadInfo(archive, document);
        ReadInfo(archive, document);
        using var reader = SafeXml.Open(archive, "content.xml")
            ?? throw new InvalidDataException("The package has no content part.");
        var isInBody = false;
        var more = reader.Read();
        while (more && !document.IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafeXml.CheckDepth(reader);
            if (reader.LocalName == "body")
            {
                isInBody = reader.NodeType == XmlNodeType.Element;
            }

            if (isInBody && reader.NodeType == XmlNodeType.Element && IsSkipped(reader.LocalName))
            {
                reader.Skip();
                more = !reader.EOF;
                continue;
            }

            if (isInBody)
            {
                Take(reader, document);
            }

            more = reader.Read();
        }

        document.EndBlock();
    }

    private static bool IsSkipped(string element) =>
        element is "tracked-changes" or "forms" or "binary-data" or "sequence-decls" or "variable-decls";

    private static void Take(XmlReader reader, ExtractedDocument document)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Start(reader, document);
                break;
            case XmlNodeType.Text or XmlNodeType.SignificantWhitespace:
                document.AppendText(reader.Value);
                break;
            case XmlNodeType.EndElement:
                End(reader.LocalName, document);
                break;
        }
    }

    private static void Start(XmlReader reader, ExtractedDocument document)
    {
        switch (reader.LocalName)
        {
            case "p" when !reader.IsEmptyElement:
                document.BeginBlock("p");
                break;
            case "h" when !reader.IsEmptyElement:
                var level = SafeXml.Attribute(reader, "outline-level");
                document.BeginBlock(level is ['1' or '2' or '3' or '4' or '5' or '6'] ? "h" + level : "h2");
                break;
            case "table" when !reader.IsEmptyElement:
                if (SafeXml.Attribute(reader, "name") is { } name && reader.Depth <= 4)
                {
                    document.BeginBlock("h2");
                    document.AppendText(name);
                }

                document.Open("table");
                break;
            case "table-row" when !reader.IsEmptyElement:
                document.Open("tr");
                break;
            case "table-cell" when !reader.IsEmptyElement:
                document.Open("td");
                break;
            case "s":
                document.AppendText(" ");
                break;
            case "tab":
                document.AppendText("\t");
                break;
            case "line-break":
                document.AppendBreak();
                break;
        }
    }

    private static void End(string element, ExtractedDocument document)
    {
        switch (element)
        {
            case "p" or "h":
                document.EndBlock();
                break;
            case "table":
                document.Close("table");
                break;
            case "table-row":
                document.Close("tr");
                break;
            case "table-cell":
                document.Close("td");
                break;
        }
    }

    private static void ReadInfo(BoundedZip archive, ExtractedDocument document)
    {
        using var reader = SafeXml.Open(archive, "meta.xml");
        var element = "";
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            element = reader.NodeType == XmlNodeType.Element ? reader.LocalName
                : reader.NodeType == XmlNodeType.EndElement ? "" : element;
            if (reader.NodeType == XmlNodeType.Text && element == "title")
            {
                document.Title ??= reader.Value;
            }
            else if (reader.NodeType == XmlNodeType.Text && element is "initial-creator" or "creator")
            {
                document.Author ??= reader.Value;
            }
        }
    }

    private static void RefuseEncrypted(BoundedZip archive)
    {
        using var reader = SafeXml.Open(archive, "META-INF/manifest.xml");
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "encryption-data")
            {
                throw new HydrationException(
                    "The document is protected by encryption: its text cannot be read without the password.");
            }
        }
    }
}

using System.Xml;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Word documents (WordprocessingML): body, then notes, comments, headers and footers.</summary>
internal static class WordFormat
{
    private const string MainPart = "word/document.xml";
    private static readonly string[] ExtraKinds = ["footnotes", "endnotes", "comments", "header", "footer"];

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var archive = BoundedZip.Open(input.Path);
        OfficePackage.ReadInfo(archive, document);
        var root = OfficePackage.Relationships(archive, "").Values.FirstOrDefault(r => r.Type == "officeDocument").Target;
        var main = root is not null && archive.Find(root) is not null ? root : MainPart;
        if (!ReadPart(archive, main, document, cancellationToken))
        {
            throw new InvalidDataException("The package has no document part.");
        }

        var extras = OfficePackage.Relationships(archive, main).Values
            .Where(r => ExtraKinds.Contains(r.Type)).OrderBy(r => Array.IndexOf(ExtraKinds, r.Type));
        foreach (var (_, part) in extras)
        {
            ReadPart(archive, part, document, cancellationToken);
        }
    }

    private static bool ReadPart(
        BoundedZip archive, string part, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var reader = SafeXml.Open(archive, part);
        if (reader is null)
        {
            return false;
        }

        var state = new WordState(document);
        var more = reader.Read();
        while (more && !document.IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafeXml.CheckDepth(reader);
            if (reader.NodeType == XmlNodeType.Element && IsSkipped(reader.LocalName))
            {
                reader.Skip();
                more = !reader.EOF;
                continue;
            }

            state.Take(reader);
            more = reader.Read();
        }

        document.EndBlock();
        return true;
    }

    /// <summary>Field codes, deleted text, tab stops, and the copies for older programs.</summary>
    private static bool IsSkipped(string element) =>
        element is "instrText" or "delText" or "moveFrom" or "tabs" or "Fallback" or "sectPr" or "tblPr" or "tcPr";

    private sealed class WordState(ExtractedDocument document)
    {
        private bool _isText;
        private bool _isBold;

        internal void Take(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Start(reader);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when _isText:
                    document.AppendText(reader.Value, _isBold);
                    break;
                case XmlNodeType.EndElement:
                    End(reader.LocalName);
                    break;
            }
        }

        private void Start(XmlReader reader)
        {
            switch (reader.LocalName)
            {
                case "p":
                    document.BeginBlock("p");
                    break;
                case "pStyle":
                    document.ChangeBlock(TagOf(SafeXml.Attribute(reader, "val") ?? ""));
                    break;
                case "r":
                    _isBold = false;
                    break;
                case "b":
                    _isBold = SafeXml.Attribute(reader, "val") is not ("0" or "false" or "off");
                    break;
                case "t":
                    _isText = !reader.IsEmptyElement;
                    break;
                case "tab":
                    document.AppendText("\t");
                    break;
                case "noBreakHyphen":
                    document.AppendText("-");
                    break;
                case "br" or "cr":
                    document.AppendBreak();
                    break;
                case "tbl" or "tr" or "tc" when !reader.IsEmptyElement:
                    document.Open(ElementOf(reader.LocalName));
                    break;
            }
        }

        private void End(string element)
        {
            switch (element)
            {
                case "t":
                    _isText = false;
                    break;
                case "p":
                    document.EndBlock();
                    break;
                case "tbl" or "tr" or "tc":
                    document.Close(ElementOf(element));
                    break;
            }
        }

        private static string ElementOf(string element) => element switch { "tbl" => "table", "tc" => "td", _ => "tr" };

        private static string TagOf(string style)
        {
            if (style.Equals("Title", StringComparison.OrdinalIgnoreCase) || style is "Titre")
            {
                return "h1";
            }

            // Style ids follow the language of the program that wrote them.
            var isHeading = style.StartsWith("Heading", StringComparison.OrdinalIgnoreCase)
                || style.StartsWith("Titre", StringComparison.Ordinal) || style.StartsWith("berschrift", StringComparison.Ordinal);
            return isHeading && style[^1] is >= '1' and <= '6' ? "h" + style[^1] : "p";
        }
    }
}

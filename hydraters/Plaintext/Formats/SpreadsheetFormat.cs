using System.Globalization;
using System.Text;
using System.Xml;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Excel workbooks (SpreadsheetML): every sheet in its order as a table, dates as dates, results instead of formulas.</summary>
internal static class SpreadsheetFormat
{
    private const string MainPart = "xl/workbook.xml";

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var archive = BoundedZip.Open(input.Path);
        OfficePackage.ReadInfo(archive, document);
        if (archive.Find(MainPart) is null)
        {
            throw new InvalidDataException("The package has no workbook part.");
        }

        var parts = OfficePackage.Relationships(archive, MainPart);
        var strings = SharedStrings(archive, parts, document);
        var dates = SpreadsheetDates.Read(archive, MainPart, parts);
        foreach (var (name, id) in Sheets(archive))
        {
            if (document.IsFull || !parts.TryGetValue(id, out var sheet) || sheet.Type != "worksheet")
            {
                continue;
            }

            document.BeginBlock("h2");
            document.AppendText(name);
            document.EndBlock();
            document.Open("table");
            ReadSheet(archive, sheet.Target, strings, dates, document, cancellationToken);
            document.Close("table");
        }
    }

    private static List<(string Name, string Id)> Sheets(BoundedZip archive)
    {
        var sheets = new List<(string, string)>();
        using var reader = SafeXml.Open(archive, MainPart);
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "sheet"
                && SafeXml.Attribute(reader, "id") is { } id)
            {
                sheets.Add((reader.GetAttribute("name") ?? "", id));
            }
        }

        return sheets;
    }

    private static List<string> SharedStrings(
        BoundedZip archive, IReadOnlyDictionary<string, (string Type, string Target)> parts, ExtractedDocument document)
    {
        var strings = new List<string>();
        var part = parts.Values.FirstOrDefault(p => p.Type == "sharedStrings").Target;
        using var reader = part is null ? null : SafeXml.Open(archive, part);
        var current = new StringBuilder();
        long characters = 0;
        var isText = false;
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "t":
                    isText = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Element when reader.LocalName == "si" && reader.IsEmptyElement:
                    strings.Add("");
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText:
                    current.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "t" or "rPh":
                    isText = false;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "si":
                    strings.Add(current.ToString());
                    characters += current.Length;
                    current.Clear();
                    break;
            }

            if (characters > document.BytesLeft * 2L)
            {
                // Each string is used at least once, so the text would not fit anyway.
                document.MarkFull();
                break;
            }
        }

        return strings;
    }

    private static void ReadSheet(
        BoundedZip archive, string part, List<string> strings, SpreadsheetDates dates, ExtractedDocument document,
        CancellationToken cancellationToken)
    {
        using var reader = SafeXml.Open(archive, part);
        string? type = null, style = null;
        var isValue = false;
        while (reader is not null && !document.IsFull && reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafeXml.CheckDepth(reader);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "row" && !reader.IsEmptyElement:
                    document.Open("tr");
                    break;
                case XmlNodeType.Element when reader.LocalName == "c" && !reader.IsEmptyElement:
                    type = reader.GetAttribute("t");
                    style = reader.GetAttribute("s");
                    document.Open("td");
                    break;
                case XmlNodeType.Element when reader.LocalName is "v" or "t":
                    isValue = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace when isValue:
                    document.AppendText(ValueOf(reader.Value, type, style, strings, dates));
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "v" or "t":
                    isValue = false;
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "c":
                    document.Close("td");
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "row":
                    document.Close("tr");
                    break;
            }
        }
    }

    private static string ValueOf(string value, string? type, string? style, List<string> strings, SpreadsheetDates dates)
    {
        switch (type)
        {
            case "s":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < strings.Count ? strings[index] : "";
            case "b":
                return value == "1" ? "TRUE" : "FALSE";
            case null or "n":
                return dates.Format(value, style) ?? value;
            default:
                return value;
        }
    }
}

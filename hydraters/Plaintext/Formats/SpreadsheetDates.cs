using System.Globalization;
using System.Xml;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Which cell styles show a number as a date (ECMA-376 part 1, 18.8.30), and how the number becomes one.</summary>
internal sealed class SpreadsheetDates
{
    private const int StylesMax = 65_536;
    private readonly List<bool> _isDateStyle = [];
    private bool _is1904;

    internal static SpreadsheetDates Read(
        BoundedZip archive, string workbook, IReadOnlyDictionary<string, (string Type, string Target)> parts)
    {
        var dates = new SpreadsheetDates { _is1904 = Uses1904(archive, workbook) };
        var part = parts.Values.FirstOrDefault(p => p.Type == "styles").Target;
        using var reader = part is null ? null : SafeXml.Open(archive, part);
        var customs = new HashSet<string>(StringComparer.Ordinal);
        var isCellFormats = false;
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            if (reader.LocalName == "cellXfs")
            {
                isCellFormats = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "numFmt"
                && IsDateFormat(reader.GetAttribute("formatCode") ?? ""))
            {
                customs.Add(reader.GetAttribute("numFmtId") ?? "");
            }
            else if (isCellFormats && reader.NodeType == XmlNodeType.Element && reader.LocalName == "xf"
                && dates._isDateStyle.Count < StylesMax)
            {
                var id = reader.GetAttribute("numFmtId") ?? "0";
                dates._isDateStyle.Add(customs.Contains(id) || IsBuiltInDate(id));
            }
        }

        return dates;
    }

    /// <summary>The date that a number stands for, or null when it is shown as a number.</summary>
    internal string? Format(string value, string? style)
    {
        if (!int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index >= _isDateStyle.Count || !_isDateStyle[index]
            || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || days is < 1 or > 2_958_465)
        {
            return null;
        }

        var date = DateTime.FromOADate(_is1904 ? days + 1462 : days);
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static bool Uses1904(BoundedZip archive, string workbook)
    {
        using var reader = SafeXml.Open(archive, workbook);
        while (reader is not null && reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "workbookPr")
            {
                return reader.GetAttribute("date1904") is "1" or "true";
            }
        }

        return false;
    }

    private static bool IsBuiltInDate(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is (>= 14 and <= 17) or 22;

    private static bool IsDateFormat(string format)
    {
        var isQuoted = false;
        foreach (var c in format)
        {
            isQuoted = c is '"' ? !isQuoted : c is '[' ? true : c is ']' ? false : isQuoted;
            if (!isQuoted && c is 'y' or 'Y' or 'd' or 'D')
            {
                return true;
            }
        }

        return false;
    }
}

using AnyFetch.Hydrater.Sniffing;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Which reader reads what.</summary>
internal static class FormatTable
{
    /// <summary>The reader for some content, or null when it has no text of its own: pictures, sound, archives, programs.</summary>
    internal static FormatReader? Find(SniffedContent content) => content.ContentType switch
    {
        "text/html" or "application/xhtml+xml" => HtmlFormat.Read,
        "text/csv" or "text/tab-separated-values" => CsvFormat.Read,
        "application/xml" or "application/enex+xml" => XmlFormat.Read,
        "application/rtf" => RtfFormat.Read,
        "application/epub+zip" => EpubFormat.Read,
        "image/svg+xml" => null,
        var type when IsWord(type) => WordFormat.Read,
        var type when IsSpreadsheet(type) => SpreadsheetFormat.Read,
        var type when IsPresentation(type) => PresentationFormat.Read,
        var type when type.StartsWith("application/vnd.oasis.opendocument.", StringComparison.Ordinal) =>
            OpenDocumentFormat.Read,
        _ => content.IsText ? TextFormat.Read : null,
    };

    /// <summary>Whether a type is a document whose bytes are not text, so that a file claiming it has to be one.</summary>
    internal static bool IsBinaryDocument(string type) =>
        type is "application/pdf" or "application/rtf" or "application/msword" or "application/vnd.ms-excel"
            or "application/vnd.ms-powerpoint" or "application/vnd.ms-outlook" or "application/epub+zip"
        || type.Contains("openxmlformats", StringComparison.Ordinal) || type.Contains("opendocument", StringComparison.Ordinal)
        || type.Contains("macroEnabled", StringComparison.Ordinal);

    private static bool IsWord(string type) =>
        type.Contains("wordprocessingml", StringComparison.Ordinal) || type.Contains("ms-word.", StringComparison.Ordinal);

    private static bool IsSpreadsheet(string type) =>
        type.Contains("spreadsheetml", StringComparison.Ordinal) || type.Contains("ms-excel.", StringComparison.Ordinal);

    private static bool IsPresentation(string type) =>
        type.Contains("presentationml", StringComparison.Ordinal) || type.Contains("ms-powerpoint.", StringComparison.Ordinal);
}

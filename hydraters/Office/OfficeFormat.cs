namespace AnyFetch.Hydraters.Office;

/// <summary>Which documents LibreOffice converts, and under which extension it gets them (hydraters.md §4).</summary>
internal static class OfficeFormat
{
    /// <summary>The extensions that the hydrater takes, in lower case.</summary>
    internal static readonly string[] Extensions =
    [
        "doc", "dot", "docx", "docm", "dotx", "dotm", "odt", "ott", "rtf",
        "xls", "xlt", "xlsx", "xlsm", "xlsb", "xltx", "ods", "ots",
        "ppt", "pps", "pot", "pptx", "pptm", "ppsx", "potx", "odp", "otp", "key",
    ];

    /// <summary>The content types that the hydrater takes, as a pattern of its filter.</summary>
    internal const string ContentTypes =
        "/^(text|application)\\/(msword|rtf|vnd\\.ms-(excel|powerpoint|word)|vnd\\.openxmlformats-officedocument\\."
        + "|vnd\\.oasis\\.opendocument\\.(text|spreadsheet|presentation)|vnd\\.apple\\.keynote)/i";

    /// <summary>The extension by a content type that is known, else the path's; null when neither is an office document's.</summary>
    internal static string? Find(string extension, string? contentType) =>
        ByType(contentType) ?? (Extensions.Contains(extension) ? extension : null);

    /// <summary>The extension of a content type, with parameters or without; null when it is no office document's.</summary>
    internal static string? ByType(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        null => null,
        "application/msword" => "doc",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/rtf" or "text/rtf" => "rtf",
        "application/vnd.apple.keynote" => "key",
        var type when Has(type, "opendocument.text") => "odt",
        var type when Has(type, "opendocument.spreadsheet") => "ods",
        var type when Has(type, "opendocument.presentation") => "odp",
        var type when Has(type, "wordprocessingml") || Has(type, "ms-word.") => "docx",
        var type when Has(type, "ms-excel.sheet.binary") => "xlsb",
        var type when Has(type, "spreadsheetml") || Has(type, "ms-excel.") => "xlsx",
        var type when Has(type, "presentationml") || Has(type, "ms-powerpoint.") => "pptx",
        _ => null,
    };

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.Ordinal);
}

using System.Collections.Frozen;

namespace AnyFetch.Hydrater.Sniffing;

/// <summary>MIME types by extension: the last word on text formats, a claim to be checked on binary ones.</summary>
internal static class KnownExtensions
{
    private const string Ooxml = "application/vnd.openxmlformats-officedocument.";
    private const string Odf = "application/vnd.oasis.opendocument.";

    /// <summary>Extensions without dot, in lower case.</summary>
    internal static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["txt"] = "text/plain",
        ["text"] = "text/plain",
        ["log"] = "text/plain",
        ["csv"] = "text/csv",
        ["tsv"] = "text/tab-separated-values",
        ["md"] = "text/markdown",
        ["mkd"] = "text/markdown",
        ["markdown"] = "text/markdown",
        ["htm"] = "text/html",
        ["html"] = "text/html",
        ["xhtml"] = "application/xhtml+xml",
        ["xht"] = "application/xhtml+xml",
        ["xml"] = "application/xml",
        ["json"] = "application/json",
        ["css"] = "text/css",
        ["js"] = "text/javascript",
        ["yaml"] = "application/yaml",
        ["yml"] = "application/yaml",
        ["eml"] = "message/rfc822",
        ["ics"] = "text/calendar",
        ["ical"] = "text/calendar",
        ["ifb"] = "text/calendar",
        ["vcs"] = "text/calendar",
        ["vcf"] = "text/vcard",
        ["rtf"] = "application/rtf",
        ["pdf"] = "application/pdf",
        ["doc"] = "application/msword",
        ["dot"] = "application/msword",
        ["xls"] = "application/vnd.ms-excel",
        ["ppt"] = "application/vnd.ms-powerpoint",
        ["pps"] = "application/vnd.ms-powerpoint",
        ["msg"] = "application/vnd.ms-outlook",
        ["docx"] = Ooxml + "wordprocessingml.document",
        ["dotx"] = Ooxml + "wordprocessingml.template",
        ["docm"] = "application/vnd.ms-word.document.macroEnabled.12",
        ["xlsx"] = Ooxml + "spreadsheetml.sheet",
        ["xlsm"] = "application/vnd.ms-excel.sheet.macroEnabled.12",
        ["pptx"] = Ooxml + "presentationml.presentation",
        ["ppsx"] = Ooxml + "presentationml.slideshow",
        ["odt"] = Odf + "text",
        ["ott"] = Odf + "text-template",
        ["ods"] = Odf + "spreadsheet",
        ["odp"] = Odf + "presentation",
        ["epub"] = "application/epub+zip",
        ["zip"] = "application/zip",
        ["gz"] = "application/gzip",
        ["tar"] = "application/x-tar",
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif",
        ["bmp"] = "image/bmp",
        ["tif"] = "image/tiff",
        ["tiff"] = "image/tiff",
        ["webp"] = "image/webp",
        ["heic"] = "image/heic",
        ["heif"] = "image/heif",
        ["avif"] = "image/avif",
        ["svg"] = "image/svg+xml",
        ["ico"] = "image/vnd.microsoft.icon",
        ["psd"] = "image/vnd.adobe.photoshop",
        ["mp3"] = "audio/mpeg",
        ["mp4"] = "video/mp4",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

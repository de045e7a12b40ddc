using System.Collections.Frozen;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Names for attachments: the sender's without folders, or one made of the type.</summary>
internal static class AttachmentNames
{
    private const int CharactersMax = 200;

    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>
    {
        ["text/plain"] = "txt",
        ["text/html"] = "html",
        ["text/csv"] = "csv",
        ["text/calendar"] = "ics",
        ["text/vcard"] = "vcf",
        ["text/x-vcard"] = "vcf",
        ["text/markdown"] = "md",
        ["text/xml"] = "xml",
        ["text/rtf"] = "rtf",
        ["application/rtf"] = "rtf",
        ["application/xml"] = "xml",
        ["application/json"] = "json",
        ["application/pdf"] = "pdf",
        ["application/zip"] = "zip",
        ["application/msword"] = "doc",
        ["application/vnd.ms-excel"] = "xls",
        ["application/vnd.ms-powerpoint"] = "ppt",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = "pptx",
        ["image/png"] = "png",
        ["image/jpeg"] = "jpg",
        ["image/jpg"] = "jpg",
        ["image/pjpeg"] = "jpg",
        ["image/x-png"] = "png",
        ["image/gif"] = "gif",
        ["image/bmp"] = "bmp",
        ["image/tiff"] = "tif",
        ["image/webp"] = "webp",
        ["image/svg+xml"] = "svg",
        ["image/heic"] = "heic",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The sender's name in a form that is safe to show and to file; null when nothing is left of it.
    /// </summary>
    internal static string? Clean(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        return Shorten(TextCleaner.Squeeze(TextCleaner.RemoveControls(last.Replace('\n', ' '))).Trim(' ', '.'));
    }

    /// <summary>A name made of the type, or null for types that mean nothing to anybody.</summary>
    internal static string? Generate(string contentType) =>
        Extensions.TryGetValue(contentType, out var extension) ? $"attachment.{extension}" : null;

    /// <summary>The name of the file that a mail inside a mail becomes.</summary>
    internal static string OfMail(string? name, string subject)
    {
        var title = Clean(name) ?? Clean(subject.Replace('/', '-').Replace('\\', '-')) ?? "message";
        return title.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) ? title : title + ".eml";
    }

    private static string? Shorten(string name)
    {
        if (name.Length <= CharactersMax)
        {
            return name.Length == 0 ? null : name;
        }

        // The extension says what the file is, so it stays.
        var extension = Path.GetExtension(name);
        extension = extension.Length <= 12 ? extension : "";
        var kept = CharactersMax - extension.Length;
        return name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + extension;
    }
}

using System.IO.Compression;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydrater.Sniffing;

/// <summary>Tells the formats apart that are zip archives by their entries.</summary>
internal static class ZipContent
{
    private const string Zip = "application/zip";
    private const int TypeBytesMax = 200;

    internal static string TypeOf(string path, string? claimedType)
    {
        try
        {
            using var archive = BoundedZip.Open(path);
            if (archive.Find("mimetype") is { } mimetype && ReadType(archive, mimetype) is { } type)
            {
                return type;
            }

            if (archive.Find("xl/workbook.bin") is not null)
            {
                return KnownExtensions.Types["xlsb"];
            }

            if (IsKeynote(archive, claimedType))
            {
                return KnownExtensions.Types["key"];
            }

            var office = archive.Find("word/document.xml") is not null ? "docx"
                : archive.Find("xl/workbook.xml") is not null ? "xlsx"
                : archive.Find("ppt/presentation.xml") is not null ? "pptx"
                : archive.Find("[Content_Types].xml") is null ? null
                : ByFolder(archive);
            return office is null ? Zip : OfficeType(office, claimedType);
        }
        catch (Exception error) when (error is InvalidDataException or HydrationException)
        {
            // A broken or hostile archive is still an archive; whoever reads it says what is wrong.
            return Zip;
        }
    }

    /// <summary>The other programs of its family write the same parts: of the newer kind only the extension tells.</summary>
    private static bool IsKeynote(BoundedZip archive, string? claimedType) => archive.Find("index.apxl") is not null
        || (claimedType == KnownExtensions.Types["key"] && archive.Find("Index/Document.iwa") is not null);

    private static string? ByFolder(BoundedZip archive)
    {
        foreach (var entry in archive.Entries)
        {
            var folder = entry.FullName.Split('/', 2)[0];
            if (folder is "word" or "xl" or "ppt")
            {
                return folder == "word" ? "docx" : folder == "xl" ? "xlsx" : "pptx";
            }
        }

        return null;
    }

    private static string OfficeType(string kind, string? claimedType)
    {
        // Templates and macro documents differ by a line in a part that nobody needs to read: the extension says it.
        var family = kind switch { "docx" => "word", "xlsx" => "excel", _ => "powerpoint" };
        var isOfFamily = claimedType is not null && kind switch
        {
            "docx" => claimedType.Contains("wordprocessingml", StringComparison.Ordinal),
            "xlsx" => claimedType.Contains("spreadsheetml", StringComparison.Ordinal),
            _ => claimedType.Contains("presentationml", StringComparison.Ordinal),
        };
        var isMacro = claimedType is not null && claimedType.Contains("macroEnabled", StringComparison.Ordinal)
            && claimedType.Contains(family, StringComparison.Ordinal);
        return isOfFamily || isMacro ? claimedType! : KnownExtensions.Types[kind];
    }

    private static string? ReadType(BoundedZip archive, ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(archive.OpenEntry(entry));
        var buffer = new char[TypeBytesMax];
        var text = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
        return text.StartsWith("application/", StringComparison.Ordinal) && !text.Contains(' ') ? text : null;
    }
}

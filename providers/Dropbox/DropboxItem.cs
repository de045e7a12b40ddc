using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>A file as it comes back from the queue.</summary>
internal sealed record DropboxItem(
    string Id, string Path, long Size, DateTimeOffset? Created, DateTimeOffset? Modified, bool IsExport, string? ExportFormat)
{
    private const long ThumbnailBytesMax = 20 * 1024 * 1024;

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.Ordinal)
    {
        ["markdown"] = ".md", ["plain_text"] = ".txt",
    };

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".tiff", ".tif", ".gif", ".webp", ".ppm", ".bmp"];

    /// <summary>The name that its content travels under; an export's has the ending of its format.</summary>
    public string FileName
    {
        get
        {
            var name = Path[(Path.LastIndexOf('/') + 1)..];
            return ExportFormat is null ? name : name + Extensions.GetValueOrDefault(ExportFormat, "." + ExportFormat);
        }
    }

    /// <summary>Unknown for an export until it is made.</summary>
    public long? Length => IsExport ? null : Size;

    /// <summary>Whether Dropbox makes a thumbnail of it.</summary>
    public bool HasThumbnail => !IsExport && Size is > 0 and <= ThumbnailBytesMax
        && Pictures.Contains(System.IO.Path.GetExtension(Path).ToLowerInvariant());

    public static DropboxItem Read(SyncItem.Upsert item)
    {
        var payload = item.Payload ?? [];
        return new DropboxItem(
            (string?)payload["id"] ?? "",
            (string?)payload["path"] ?? "/",
            (long?)payload["size"] ?? 0,
            Date(payload["created"]),
            Date(payload["modified"]),
            (bool?)payload["export"] ?? false,
            (string?)payload["format"]);
    }

    private static DateTimeOffset? Date(JsonNode? text) =>
        DateTimeOffset.TryParse((string?)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}

using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>What becomes of Box' files (providers specification, section 8).</summary>
internal static class BoxDocuments
{
    /// <summary>What a listing says of a file; null for one that a name above or its own rules out.</summary>
    public static SyncItem.Upsert? ToUpsert(BoxItem file, SyncContext context)
    {
        if (file is not { Type: BoxItem.File, Id: { } id, IsActive: true })
        {
            return null;
        }

        // The root is called "All Files" in every account: it is no part of a path.
        var folders = file.PathCollection?.Entries ?? [];
        var path = CanonicalText.Compose(
            "/" + string.Concat(folders.Where(folder => folder.Id != BoxWalk.Root).Select(folder => folder.Name + "/")) + file.Name);
        return context.ExcludesFile(path) ? null : new SyncItem.Upsert(id)
        {
            Version = BoxPlace.Format(file.Etag, folders, path),
            ContentVersion = file.Sha1 ?? file.Etag,
            Title = file.Name,
            Rank = -(file.ModifiedAt?.ToUnixTimeSeconds() ?? 0),
            Payload = new JsonObject
            {
                ["path"] = path,
                ["size"] = file.Size ?? 0,
                ["created"] = Date(file.CreatedAt),
                ["modified"] = Date(file.ModifiedAt),
                ["download"] = file.Permissions?.CanDownload ?? true,
            },
        };
    }

    public static DocumentDraft Draft(SyncItem.Upsert item)
    {
        var path = Path(item);
        return new DocumentDraft
        {
            DocumentType = "file",
            CreationDate = Date(item.Payload?["created"]),
            ModificationDate = Date(item.Payload?["modified"]),
            Metadata = new JsonObject { ["path"] = path, ["title"] = ReadableTitle.FromPath(path) },
            Actions = new Dictionary<string, string>
            {
                ["show"] = "https://app.box.com/file/" + Uri.EscapeDataString(item.Identifier),
            },
        };
    }

    public static string Path(SyncItem.Upsert item) => (string?)item.Payload?["path"] ?? "/";

    public static long Size(SyncItem.Upsert item) => (long?)item.Payload?["size"] ?? 0;

    /// <summary>Whether the account may have the content; a viewer of some folders sees names alone.</summary>
    public static bool CanDownload(SyncItem.Upsert item) => (bool?)item.Payload?["download"] ?? true;

    private static string? Date(DateTimeOffset? date) => date?.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Date(JsonNode? text) =>
        DateTimeOffset.TryParse((string?)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}

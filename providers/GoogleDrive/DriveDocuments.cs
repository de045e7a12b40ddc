using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>What becomes of Drive's files (providers specification, section 4).</summary>
internal static class DriveDocuments
{
    /// <summary>What every identifier begins with.</summary>
    public const string Prefix = "https://docs.google.com/file/d/";

    public static string Identifier(string id) => Prefix + id;

    /// <summary>The item of a file; null for what has no content to send: forms, maps, junk.</summary>
    public static SyncItem.Upsert? ToUpsert(
        DriveFile file, DrivePlace place, GoogleDriveProviderOptions options, SyncContext context)
    {
        var format = DriveFormat.Of(file.MimeType, options.Export);
        if (format is null && DriveFormat.IsNative(file.MimeType))
        {
            return null;
        }

        var name = format is null || file.Name.Contains(format.Ending, StringComparison.OrdinalIgnoreCase)
            ? file.Name
            : file.Name + format.Ending;
        var path = $"{place.Path}/{name.Replace('/', '_')}";
        if (context.ExcludesFile(path))
        {
            return null;
        }

        // Of a file in a shared drive only the fetcher can ask who may see it.
        var item = ToUpsert(file, place, format, path);
        return options.Permissions && file.DriveId is null
            ? WithAccess(item, DriveAccess.Read(file.Permissions, context.Account))
            : item;
    }

    /// <summary>Whether a document lay below one of these folders when it was sent.</summary>
    public static bool IsBelow(LedgerEntry entry, HashSet<string> folders)
    {
        var ids = entry.Version is { } version ? version.Split(' ', 2)[0] : "";
        return ids.Length > 0 && Array.Exists(ids.Split('/'), folders.Contains);
    }

    public static DocumentDraft Draft(DriveItem item)
    {
        var path = CanonicalText.Compose(item.Path);
        return new DocumentDraft
        {
            DocumentType = "file",
            CreationDate = item.Created,
            ModificationDate = item.Modified,
            Metadata = new JsonObject
            {
                ["path"] = path, ["title"] = ReadableTitle.FromPath(path), ["starred"] = item.Starred,
            },
            Actions = new Dictionary<string, string> { ["show"] = item.Link },
        };
    }

    private static SyncItem.Upsert WithAccess(SyncItem.Upsert item, ItemAccess access) =>
        item with { Access = access, Version = $"{item.Version} {access.Fingerprint()}" };

    private static SyncItem.Upsert ToUpsert(DriveFile file, DrivePlace place, DriveFormat? format, string path)
    {
        var modified = file.ModifiedTime?.ToUnixTimeMilliseconds() ?? 0;
        var content = file.Capabilities?.CanDownload == false
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{file.Md5Checksum ?? $"{modified}"}{format?.Ending}");

        // The ids come first: they tell later what lay below a folder. Reading a file changes none of this.
        var version = string.Create(
            CultureInfo.InvariantCulture, $"{place.Ids} {content} {modified} {(file.Starred ? 1 : 0)} {path}");
        return new SyncItem.Upsert(Identifier(file.Id))
        {
            Version = version,
            ContentVersion = content,
            Title = file.Name,
            Rank = -modified / 1000,
            Payload = new DriveItem
            {
                Id = file.Id,
                Path = path,
                Size = format is null ? file.Size ?? 0 : null,
                Type = format?.Type ?? file.MimeType,
                IsExport = format is not null,
                HasContent = file.Capabilities?.CanDownload != false,
                IsInSharedDrive = file.DriveId is not null,
                Starred = file.Starred,
                Created = file.CreatedTime,
                Modified = file.ModifiedTime,
                Link = file.WebViewLink ?? Identifier(file.Id),
            }.ToPayload(),
        };
    }
}

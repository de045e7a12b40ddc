using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>What becomes of Dropbox' entries (providers specification, section 2).</summary>
internal static class DropboxDocuments
{
    private const string Paper = ".paper";
    private const string Markdown = "markdown";

    /// <summary>What a listing says of one entry. Its path is its identity; its id tells a move.</summary>
    /// <param name="accountId">The account at Dropbox.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="context">The listing. In a first one nothing can have taken another's place.</param>
    public static IEnumerable<SyncItem> Describe(string accountId, DropboxEntry entry, SyncContext context)
    {
        var isChange = context.Cursor is not null;

        // What is not mounted in this account has no path, and what a name alone rules out is not even fetched.
        if (entry.PathLower is not { Length: > 1 } path)
        {
            yield break;
        }

        var identifier = Identifier(accountId, path);
        if (entry.Tag == "deleted")
        {
            yield return new SyncItem.Delete(identifier);
            yield return new SyncItem.DeletePrefix(identifier + "/");
        }
        else if (entry.Tag == "folder" && isChange)
        {
            yield return new SyncItem.Delete(identifier);
        }
        else if (entry is { Tag: "file", Id: not null } && !context.ExcludesFile(path))
        {
            if (isChange)
            {
                yield return new SyncItem.DeletePrefix(identifier + "/");
            }

            yield return ToUpsert(identifier, entry);
        }
    }

    public static SyncItem.Upsert ToUpsert(string identifier, DropboxEntry entry) => new(identifier)
    {
        SourceId = entry.Id,
        Version = $"{entry.Rev} {entry.PathDisplay}",
        ContentVersion = entry.ContentHash ?? entry.Rev,
        Title = entry.Name,
        Rank = -(entry.ServerModified?.ToUnixTimeSeconds() ?? 0),
        Payload = new JsonObject
        {
            ["id"] = entry.Id,
            ["path"] = entry.PathDisplay ?? entry.PathLower,
            ["size"] = entry.Size ?? 0,
            ["created"] = Date(entry.ClientModified),
            ["modified"] = Date(entry.ServerModified),
            ["export"] = entry.IsDownloadable == false,
            ["format"] = entry.IsDownloadable == false ? ExportFormat(entry) : null,
        },
    };

    public static DocumentDraft Draft(DropboxItem item, string? thumbnail, string? display)
    {
        var path = CanonicalText.Compose(item.Path);
        var metadata = new JsonObject { ["path"] = path, ["title"] = ReadableTitle.FromPath(path) };
        if (thumbnail is not null)
        {
            metadata["thumb"] = thumbnail;
        }

        return new DocumentDraft
        {
            DocumentType = "file",
            CreationDate = item.Created,
            ModificationDate = item.Modified,
            Metadata = metadata,
            Data = display is null ? null : new JsonObject { ["display"] = display },
            Actions = new Dictionary<string, string> { ["show"] = ShowUrl(item.Path) },
        };
    }

    public static string Identifier(string accountId, string pathLower) => $"https://dropbox.com/{accountId}{pathLower}";

    private static string ShowUrl(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = string.Join('/', path[..slash].Split('/').Select(Uri.EscapeDataString));
        return $"https://www.dropbox.com/home{folder}?select={Uri.EscapeDataString(path[(slash + 1)..])}";
    }

    // Paper as text with headings is what search reads best; for anything else Dropbox knows its usual form.
    private static string? ExportFormat(DropboxEntry entry) =>
        entry.ExportInfo?.ExportOptions?.Contains(Markdown) == true
        || (entry.ExportInfo?.ExportAs is Markdown && entry.Name.EndsWith(Paper, StringComparison.OrdinalIgnoreCase))
            ? Markdown
            : entry.ExportInfo?.ExportAs;

    private static string? Date(DateTimeOffset? date) => date?.ToString("O", CultureInfo.InvariantCulture);
}

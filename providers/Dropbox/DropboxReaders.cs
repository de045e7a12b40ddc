using System.Security.Cryptography;
using System.Text;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>
/// Who may see a file: the account itself, the members of the nearest shared folder, and those whom the file was shared with
/// alone. Links are nobody. Members change without any entry of a listing, so what a listing says of a file's version
/// counts them in.
/// </summary>
internal sealed class DropboxReaders(DropboxClient client, SourceAccount account)
{
    private const string Folder = "folder:";
    private const string File = "file:";

    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    /// <summary>A group's verified addresses; null when Dropbox would not tell.</summary>
    public static async Task<IReadOnlyCollection<string>?> ListMembersAsync(
        DropboxClient client, SourceAccount account, string group, CancellationToken cancellationToken)
    {
        try
        {
            return await (group.StartsWith(Folder, StringComparison.Ordinal)
                ? client.ListFolderMembersAsync(account, group[Folder.Length..], cancellationToken)
                : client.ListFileMembersAsync(account, group[File.Length..], cancellationToken));
        }
        catch (DropboxException)
        {
            return null;
        }
        catch (SourceException refused) when (refused.Status == System.Net.HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>The item with its readers, and with a version that changes when they do.</summary>
    public async ValueTask<SyncItem.Upsert> AddAsync(
        SyncItem.Upsert item, DropboxEntry entry, CancellationToken cancellationToken)
    {
        var groups = new List<string>();
        if (entry.SharingInfo?.ParentSharedFolderId is { Length: > 0 } folder)
        {
            groups.Add(Folder + folder);
        }

        if (entry.HasExplicitSharedMembers == true)
        {
            groups.Add(File + entry.Id);
        }

        var access = new ItemAccess { Emails = [account.Name], Groups = groups };
        var version = new StringBuilder(item.Version).Append(' ').Append(access.Fingerprint());
        foreach (var group in groups)
        {
            version.Append(await HashAsync(group, cancellationToken));
        }

        return item with { Access = access, Version = version.ToString() };
    }

    private async ValueTask<string> HashAsync(string group, CancellationToken cancellationToken)
    {
        if (_members.TryGetValue(group, out var known))
        {
            return known;
        }

        var members = await ListMembersAsync(client, account, group, cancellationToken);
        var text = members is null ? "?" : string.Join('\n', members.Order(StringComparer.Ordinal));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

        // A shared folder's files come together; a file that is shared alone comes once.
        if (group.StartsWith(Folder, StringComparison.Ordinal))
        {
            _members[group] = hash;
        }

        return hash;
    }
}

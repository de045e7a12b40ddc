using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>Shared folders and shared files of an emulated Dropbox: their members, one a page, and the members' accounts.</summary>
public sealed class DropboxMemberships
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _accounts = new(StringComparer.Ordinal);

    /// <summary>Things whose members nobody is told.</summary>
    public HashSet<string> Hidden { get; } = [];

    /// <summary>Adds an account and gives its id.</summary>
    public string AddAccount(string email, bool isVerified = true, bool isDisabled = false)
    {
        lock (_lock)
        {
            var id = "dbid:" + email;
            _accounts[id] = new JsonObject
            {
                ["account_id"] = id, ["email"] = email, ["email_verified"] = isVerified, ["disabled"] = isDisabled,
            };
            return id;
        }
    }

    /// <summary>Shares a folder, or a file by its id, with accounts; whoever was a member before is one no more.</summary>
    public void Share(string pathOrId, params string[] accounts)
    {
        lock (_lock)
        {
            var id = pathOrId;
            if (pathOrId.StartsWith('/'))
            {
                var path = pathOrId.ToLowerInvariant();
                _folders.TryAdd(path, $"{84528192421 + _folders.Count}");
                id = _folders[path];
            }

            _members[id] = [.. accounts];
        }
    }

    public bool IsShared(string fileId)
    {
        lock (_lock)
        {
            return _members.ContainsKey(fileId);
        }
    }

    /// <summary>The id of the nearest shared folder above a file; null when there is none.</summary>
    public string? FolderOf(string path)
    {
        lock (_lock)
        {
            return _folders.Where(folder => path.ToLowerInvariant().StartsWith(folder.Key + "/", StringComparison.Ordinal))
                .OrderByDescending(folder => folder.Key.Length).Select(folder => folder.Value).FirstOrDefault();
        }
    }

    /// <summary>The answer to a question about members; null when it is refused.</summary>
    public JsonNode? Answer(string path, JsonObject argument)
    {
        lock (_lock)
        {
            if (path == "2/users/get_account_batch")
            {
                return new JsonArray([.. argument["account_ids"]!.AsArray().Select(id => _accounts[(string)id!].DeepClone())]);
            }

            var cursor = ((string?)argument["cursor"])?.Split('|');
            var id = cursor?[0] ?? (string?)argument["shared_folder_id"] ?? (string?)argument["file"] ?? "";
            var at = cursor is null ? 0 : int.Parse(cursor[1], System.Globalization.CultureInfo.InvariantCulture);
            if (Hidden.Contains(id) || !_members.TryGetValue(id, out var members))
            {
                return null;
            }

            var answer = new JsonObject
            {
                ["users"] = new JsonArray([.. members.Skip(at).Take(1).Select(member => new JsonObject
                {
                    ["access_type"] = new JsonObject { [".tag"] = "viewer" },
                    ["user"] = new JsonObject { ["account_id"] = member, ["email"] = _accounts[member]["email"]!.DeepClone() },
                    ["is_inherited"] = false,
                })]),
                ["groups"] = new JsonArray(),
                ["invitees"] = new JsonArray(),
            };
            if (at + 1 < members.Count)
            {
                answer["cursor"] = $"{id}|{at + 1}";
            }

            return answer;
        }
    }

    /// <summary>The id that a shared folder has.</summary>
    public string IdOf(string path)
    {
        lock (_lock)
        {
            return _folders[path.ToLowerInvariant()];
        }
    }
}

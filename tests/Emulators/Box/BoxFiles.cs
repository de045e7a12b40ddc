using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Box;

/// <summary>
/// The files and folders of one emulated account, and the stream of events about them. Ids stay for ever; an event tells of
/// a folder once, whatever lies below it.
/// </summary>
public sealed class BoxFiles(TimeProvider time)
{
    public const string Root = "0";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, BoxNode> _nodes = new(StringComparer.Ordinal)
    {
        [Root] = new BoxNode(Root, "folder", "All Files", ParentId: null, [], time.GetUtcNow()),
    };

    private readonly List<JsonObject> _events = [];
    private int _ids = 1000;

    /// <summary>How many events there were; the stream's positions are these numbers.</summary>
    public int Position => _events.Count;

    public BoxNode AddFolder(string name, string parent = Root) =>
        Add(new BoxNode(NextId(), "folder", name, parent, [], time.GetUtcNow()), "ITEM_CREATE");

    public BoxNode AddLink(string name, string parent = Root) =>
        Add(new BoxNode(NextId(), "web_link", name, parent, [], time.GetUtcNow()), "ITEM_CREATE");

    public BoxNode AddFile(string name, string text, string parent = Root, long? size = null)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var file = new BoxNode(NextId(), "file", name, parent, content, time.GetUtcNow()) { Size = size ?? content.Length };
        return Add(file, "ITEM_UPLOAD");
    }

    public void Write(string id, string text) => Change(
        id,
        node => node with { Content = Encoding.UTF8.GetBytes(text), Size = Encoding.UTF8.GetByteCount(text) },
        "ITEM_UPLOAD");

    public void Rename(string id, string name) => Change(id, node => node with { Name = name }, "ITEM_RENAME");

    public void Move(string id, string parent) => Change(id, node => node with { ParentId = parent }, "ITEM_MOVE");

    public void Trash(string id) => Change(id, node => node with { IsTrashed = true }, "ITEM_TRASH");

    public void Restore(string id) => Change(id, node => node with { IsTrashed = false }, "ITEM_UNDELETE_VIA_TRASH");

    /// <summary>Shares an item with the account, or ends that.</summary>
    public void Share(string id, bool isShared) => Change(
        id, node => node with { IsHidden = !isShared },
        isShared ? "COLLAB_ADD_COLLABORATOR" : "COLLAB_REMOVE_COLLABORATOR");

    /// <summary>Says who else may see an item, by login.</summary>
    public void Collaborate(string id, params string[] logins) =>
        Change(id, node => node with { Collaborators = logins }, "COLLAB_ADD_COLLABORATOR");

    /// <summary>Copies a folder with all below it: one event.</summary>
    public BoxNode Copy(string id, string name, string parent = Root)
    {
        lock (_lock)
        {
            var copy = Place(_nodes[id] with { Id = NextId(), Name = name, ParentId = parent }, "ITEM_COPY");
            CopyBelow(id, copy.Id);
            return copy;
        }
    }

    /// <summary>Removes an item without a word.</summary>
    public void Vanish(string id)
    {
        lock (_lock)
        {
            _nodes.Remove(id);
        }
    }

    /// <summary>Tells of the last event once more, under its own id.</summary>
    public void RepeatLastEvent()
    {
        lock (_lock)
        {
            _events.Add((JsonObject)_events[^1].DeepClone());
        }
    }

    /// <summary>Whether an item is there and the account sees it, with all above it.</summary>
    public BoxNode? Find(string id)
    {
        lock (_lock)
        {
            return _nodes.GetValueOrDefault(id) is { } node && IsVisible(node) ? node : null;
        }
    }

    /// <summary>What lies in a folder: folders first, as Box lists them.</summary>
    public IReadOnlyList<BoxNode> In(string folder)
    {
        lock (_lock)
        {
            return [.. _nodes.Values.Where(node => node.ParentId == folder && IsVisible(node))
                .OrderBy(node => node.Type == "folder" ? 0 : 1)];
        }
    }

    /// <summary>All files that the account sees, by id.</summary>
    public IReadOnlyList<BoxNode> All()
    {
        lock (_lock)
        {
            return [.. _nodes.Values.Where(node => node.Type == "file" && IsVisible(node))];
        }
    }

    public IReadOnlyList<JsonObject> Since(int position, int most)
    {
        lock (_lock)
        {
            return [.. _events.Skip(position).Take(most).Select(entry => (JsonObject)entry.DeepClone())];
        }
    }

    /// <summary>An item as answers tell of it.</summary>
    public JsonObject Describe(BoxNode node)
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["type"] = node.Type,
                ["id"] = node.Id,
                ["etag"] = node.Etag.ToString(CultureInfo.InvariantCulture),
                ["sequence_id"] = node.Etag.ToString(CultureInfo.InvariantCulture),
                ["name"] = node.Name,
                ["sha1"] = node.Type == "file" ? Hash(node.Content) : null,
                ["size"] = node.Size,
                ["created_at"] = Date(node.Created),
                ["modified_at"] = Date(node.Modified),
                ["path_collection"] = Path(node),
                ["item_status"] = node.IsTrashed ? "trashed" : "active",
                ["permissions"] = new JsonObject { ["can_download"] = node.CanDownload, ["can_preview"] = true },
                ["owned_by"] = new JsonObject
                {
                    ["type"] = "user", ["id"] = BoxEmulator.UserId, ["login"] = BoxEmulator.Login,
                },
                ["has_collaborations"] = node.Collaborators.Count > 0,
            };
        }
    }

    /// <summary>Changes an item without a word of the stream, for what Box would not tell.</summary>
    public void Set(string id, Func<BoxNode, BoxNode> change)
    {
        lock (_lock)
        {
            _nodes[id] = change(_nodes[id]);
        }
    }

    private BoxNode Add(BoxNode node, string type)
    {
        lock (_lock)
        {
            return Place(node, type);
        }
    }

    private void Change(string id, Func<BoxNode, BoxNode> change, string type)
    {
        lock (_lock)
        {
            Place(change(_nodes[id]) with { Etag = _nodes[id].Etag + 1, Modified = time.GetUtcNow() }, type);
        }
    }

    private BoxNode Place(BoxNode node, string type)
    {
        _nodes[node.Id] = node;
        _events.Add(new JsonObject
        {
            ["type"] = "event",
            ["event_id"] = $"e{_events.Count:x8}",
            ["created_by"] = new JsonObject
            {
                ["type"] = "user", ["id"] = BoxEmulator.UserId, ["login"] = BoxEmulator.Login,
            },
            ["event_type"] = type,
            ["session_id"] = "70090280850c8d2a1933c1",
            ["source"] = Describe(node),
        });
        return node;
    }

    private void CopyBelow(string from, string to)
    {
        foreach (var node in _nodes.Values.Where(node => node.ParentId == from).ToList())
        {
            var copy = node with { Id = NextId(), ParentId = to };
            _nodes[copy.Id] = copy;
            CopyBelow(node.Id, copy.Id);
        }
    }

    private JsonObject Path(BoxNode node)
    {
        var above = new List<JsonNode>();
        for (var id = node.ParentId; id is not null; id = _nodes[id].ParentId)
        {
            above.Insert(0, new JsonObject { ["type"] = "folder", ["id"] = id, ["name"] = _nodes[id].Name });
        }

        return new JsonObject { ["total_count"] = above.Count, ["entries"] = new JsonArray([.. above]) };
    }

    private bool IsVisible(BoxNode node) =>
        !node.IsTrashed && !node.IsHidden
        && (node.ParentId is null || (_nodes.TryGetValue(node.ParentId, out var parent) && IsVisible(parent)));

    private string NextId() => Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);

    // As long as a SHA-1; nobody computes it again.
    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..40];

    private static string Date(DateTimeOffset date) =>
        date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>One item of an emulated account. <see cref="Size"/> may claim more than there is.</summary>
public sealed record BoxNode(
    string Id, string Type, string Name, string? ParentId, byte[] Content, DateTimeOffset Created)
{
    public int Etag { get; init; }

    public long Size { get; init; }

    public DateTimeOffset Modified { get; init; } = Created;

    public bool IsTrashed { get; init; }

    /// <summary>Whether it is not shared with the account.</summary>
    public bool IsHidden { get; init; }

    public bool CanDownload { get; init; } = true;

    /// <summary>Who else may see it, by login.</summary>
    public IReadOnlyList<string> Collaborators { get; init; } = [];
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Salesforce;

/// <summary>The records of one emulated organisation. Times have whole seconds, as Salesforce keeps them.</summary>
public sealed class SalesforceRecords(TimeProvider time)
{
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["Account"] = "001", ["Contact"] = "003", ["Lead"] = "00Q", ["Opportunity"] = "006", ["Case"] = "500", ["Note"] = "002",
        ["Attachment"] = "00P", ["ContentVersion"] = "068", ["ContentDocument"] = "069",
    };

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SalesforceRow> _rows = new(StringComparer.Ordinal);
    private int _ids;

    /// <summary>Fields that the account may not see, as <c>Contact.Birthdate</c>, and objects, as <c>Contact</c>.</summary>
    public HashSet<string> Hidden { get; } = new(StringComparer.Ordinal);

    public SalesforceRow Add(string type, JsonObject fields, byte[]? body = null)
    {
        lock (_lock)
        {
            var row = new SalesforceRow(NewId(type), type, fields, Now(), Now()) { Body = body ?? [] };
            return _rows[row.Id] = row;
        }
    }

    /// <summary>Adds a file: a version of a content document.</summary>
    public SalesforceRow AddFile(string title, string extension, byte[] content, string? document = null, long? size = null)
    {
        lock (_lock)
        {
            var id = document ?? Add("ContentDocument", new JsonObject { ["Title"] = title }).Id;
            foreach (var row in _rows.Values.Where(row => (string?)row.Fields["ContentDocumentId"] == id).ToList())
            {
                Change(row.Id, new JsonObject { ["IsLatest"] = false });
            }

            return Add(
                "ContentVersion",
                new JsonObject
                {
                    ["ContentDocumentId"] = id,
                    ["Title"] = title,
                    ["FileExtension"] = extension,
                    ["FileType"] = extension.ToUpperInvariant(),
                    ["ContentSize"] = size ?? content.Length,
                    ["Checksum"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..32],
                    ["IsLatest"] = true,
                },
                content);
        }
    }

    public void Change(string id, JsonObject fields)
    {
        lock (_lock)
        {
            var row = _rows[id];
            var changed = (JsonObject)row.Fields.DeepClone();
            foreach (var (name, value) in fields)
            {
                changed[name] = value?.DeepClone();
            }

            _rows[id] = row with { Fields = changed, Modified = Now() };
        }
    }

    /// <summary>Puts a record into the recycle bin.</summary>
    public void Delete(string id)
    {
        lock (_lock)
        {
            _rows[id] = _rows[id] with { Deleted = time.GetUtcNow(), Modified = Now() };
        }
    }

    public void Undelete(string id)
    {
        lock (_lock)
        {
            _rows[id] = _rows[id] with { Deleted = null, Modified = Now() };
        }
    }

    /// <summary>Removes a record without a word: it is no longer shared with the account.</summary>
    public void Vanish(string id)
    {
        lock (_lock)
        {
            _rows.Remove(id);
        }
    }

    public SalesforceRow? Find(string id)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault(id) is { Deleted: null } row ? row : null;
        }
    }

    /// <summary>All records of an object that are not deleted.</summary>
    public IReadOnlyList<SalesforceRow> Of(string type)
    {
        lock (_lock)
        {
            return [.. _rows.Values.Where(row => row.Type == type && row.Deleted is null)];
        }
    }

    public IReadOnlyList<SalesforceRow> DeletedOf(string type, DateTimeOffset start, DateTimeOffset end)
    {
        lock (_lock)
        {
            return [.. _rows.Values.Where(row => row.Type == type && row.Deleted >= start && row.Deleted < end)];
        }
    }

    private string NewId(string type) =>
        Prefixes[type] + "5g00000" + (++_ids).ToString("d8", CultureInfo.InvariantCulture);

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}

/// <summary>One record of an emulated organisation.</summary>
public sealed record SalesforceRow(
    string Id, string Type, JsonObject Fields, DateTimeOffset Created, DateTimeOffset Modified)
{
    public DateTimeOffset? Deleted { get; init; }

    public byte[] Body { get; init; } = [];
}

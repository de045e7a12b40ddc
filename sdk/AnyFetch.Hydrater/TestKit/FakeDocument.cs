using System.Text.Json.Nodes;

namespace AnyFetch.Hydrater.TestKit;

/// <summary>A document that a hydrater made or changed at a <see cref="FakeCore"/>.</summary>
public sealed class FakeDocument
{
    internal FakeDocument(string id, string identifier)
    {
        Id = id;
        Fields = new JsonObject { ["id"] = id, ["identifier"] = identifier, ["document_type"] = "file" };
    }

    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>What it was sent under.</summary>
    public string Identifier => (string)Fields["identifier"]!;

    /// <summary>Everything that was sent: metadata and data merged one level deep, the rest as it was sent last.</summary>
    public JsonObject Fields { get; }

    /// <summary>The searchable map.</summary>
    public JsonObject Metadata => Fields["metadata"] as JsonObject ?? [];

    /// <summary>The map for display.</summary>
    public JsonObject Data => Fields["data"] as JsonObject ?? [];

    /// <summary>The file that was uploaded last, or null.</summary>
    public byte[]? File { get; internal set; }

    /// <summary>How often a file was uploaded.</summary>
    public int Uploads { get; internal set; }

    internal void Merge(JsonObject sent)
    {
        foreach (var (key, value) in sent)
        {
            if (key is "metadata" or "data" && value is JsonObject map)
            {
                MergeMap(key, map);
            }
            else if (key != "id")
            {
                Fields[key] = value?.DeepClone();
            }
        }
    }

    private void MergeMap(string name, JsonObject sent)
    {
        if (Fields[name] is not JsonObject map)
        {
            Fields[name] = map = [];
        }

        foreach (var (key, value) in sent)
        {
            if (value is null)
            {
                map.Remove(key);
            }
            else
            {
                map[key] = value.DeepClone();
            }
        }
    }
}

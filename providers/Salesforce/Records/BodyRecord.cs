using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A record with a content of its own: a <c>file</c>.</summary>
internal abstract record BodyRecord(string Name, string KeyPrefix) : RecordKind(Name, KeyPrefix)
{
    /// <summary>The file's name.</summary>
    protected abstract string FileName(SalesforceRecord record);

    /// <summary>The field that holds the content.</summary>
    protected abstract string BodyField { get; }

    /// <summary>The field that holds its length, in bytes.</summary>
    protected abstract string SizeField { get; }

    /// <summary>What changes with the content; null when nothing tells.</summary>
    protected abstract string? ContentVersion(SalesforceRecord record);

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context)
    {
        var path = CanonicalText.Compose("/" + FileName(record).Replace('/', '_'));
        var id = record.Text(IdField) ?? record.Id;
        return new DocumentDraft
        {
            DocumentType = "file",
            Metadata = new JsonObject { ["path"] = path, ["title"] = ReadableTitle.FromPath(path) },
            Data = new JsonObject { ["id"] = id },
            Actions = new Dictionary<string, string> { ["show"] = context.Identifier(id) },
            Related = context.Related(record.Text("ParentId")),
        };
    }

    public override SyncItem.Upsert AddContent(SyncItem.Upsert item, SalesforceRecord record) => item with
    {
        Title = FileName(record),
        IsComplete = false,
        ContentVersion = ContentVersion(record),
        Payload = new JsonObject
        {
            ["body"] = $"sobjects/{Object}/{record.Id}/{BodyField}",
            ["name"] = FileName(record),
            ["size"] = record.Integer(SizeField),
        },
    };
}

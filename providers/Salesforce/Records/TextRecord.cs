using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A record that is a text with a title and some facts: a <c>document</c>.</summary>
internal abstract record TextRecord(string Name, string KeyPrefix) : RecordKind(Name, KeyPrefix)
{
    protected DocumentDraft Document(
        SalesforceRecord record, RecordContext context, string? title, string? text,
        IEnumerable<(string Name, JsonNode? Value)> facts, params ReadOnlySpan<string?> related)
    {
        var metadata = new JsonObject { ["title"] = title ?? Name, ["text"] = text };
        foreach (var (name, value) in facts)
        {
            metadata[name] = value;
        }

        return new DocumentDraft
        {
            DocumentType = "document",
            Metadata = metadata,
            Data = new JsonObject { ["id"] = record.Id },
            Actions = new Dictionary<string, string> { ["show"] = context.Identifier(record.Id) },
            Related = context.Related(related),
        };
    }
}

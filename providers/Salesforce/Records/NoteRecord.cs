using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A note on another record. Notes of the newer kind are files.</summary>
internal sealed record NoteRecord() : TextRecord("Note", "002")
{
    public override IReadOnlyList<string> Fields { get; } = ["Title", "Body", "ParentId"];

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) =>
        Document(record, context, record.Text("Title"), record.Text("Body"), [], record.Text("ParentId"));
}

using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A case: what a customer asked.</summary>
internal sealed record CaseRecord() : TextRecord("Case", "500")
{
    public override IReadOnlyList<string> Fields { get; } =
    [
        "CaseNumber", "Subject", "Description", "Status", "Priority", "Origin", "Type", "Reason", "AccountId", "ContactId",
    ];

    public override IReadOnlyList<string> Names => ["Account.Name", "Contact.Name"];

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) => Document(
        record,
        context,
        record.Text("Subject") ?? record.Text("CaseNumber"),
        record.Text("Description"),
        [
            ("number", record.Text("CaseNumber")),
            ("account", record.Text("Account.Name")),
            ("contact", record.Text("Contact.Name")),
            ("status", record.Text("Status")),
            ("priority", record.Text("Priority")),
            ("origin", record.Text("Origin")),
            ("type", record.Text("Type")),
            ("reason", record.Text("Reason")),
        ],
        record.Text("AccountId"),
        record.Text("ContactId"));
}

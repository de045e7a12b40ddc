using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>An opportunity: a sale that may come.</summary>
internal sealed record OpportunityRecord() : TextRecord("Opportunity", "006")
{
    public override IReadOnlyList<string> Fields { get; } =
    [
        "Name", "Description", "StageName", "Amount", "Probability", "CloseDate", "Type", "NextStep", "LeadSource", "AccountId",
    ];

    public override IReadOnlyList<string> Names => ["Account.Name"];

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) => Document(
        record,
        context,
        record.Text("Name"),
        record.Text("Description"),
        [
            ("account", record.Text("Account.Name")),
            ("stage", record.Text("StageName")),
            ("amount", record.Node("Amount")),
            ("probability", record.Node("Probability")),
            ("closeDate", record.Text("CloseDate")),
            ("type", record.Text("Type")),
            ("nextStep", record.Text("NextStep")),
            ("source", record.Text("LeadSource")),
        ],
        record.Text("AccountId"));
}

using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>An account: a company or another organisation.</summary>
internal sealed record AccountRecord() : TextRecord("Account", "001")
{
    public override IReadOnlyList<string> Fields { get; } =
    [
        "Name", "Description", "Industry", "Type", "Website", "Phone", "Fax", "AccountNumber", "BillingStreet", "BillingCity",
        "BillingState", "BillingPostalCode", "BillingCountry",
    ];

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) => Document(
        record,
        context,
        record.Text("Name"),
        record.Text("Description"),
        [
            ("industry", record.Text("Industry")),
            ("type", record.Text("Type")),
            ("website", record.Text("Website")),
            ("number", record.Text("AccountNumber")),
            ("phone", PersonFields.Numbers(record)),
            ("address", PersonFields.Addresses(record, "Billing")),
        ]);
}

using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A lead: a person who is no contact. One that was converted is a contact, and counts no more.</summary>
internal sealed record LeadRecord() : RecordKind("Lead", "00Q")
{
    public override IReadOnlyList<string> Fields { get; } =
    [
        "Name", "FirstName", "LastName", "Title", "Company", "Email", "Phone", "Fax", "MobilePhone", "Street", "City", "State",
        "PostalCode", "Country", "Website", "Status", "Description", "IsConverted",
    ];

    public override bool Counts(SalesforceRecord record) => !record.IsTrue("IsConverted");

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) => new()
    {
        DocumentType = "contact",
        Metadata = new JsonObject
        {
            ["family_name"] = record.Text("LastName"),
            ["given_name"] = record.Text("FirstName"),
            ["name"] = record.Text("Name"),
            ["jobTitle"] = record.Text("Title"),
            ["worksFor"] = record.Text("Company"),
            ["email"] = PersonFields.Emails(record),
            ["phone"] = PersonFields.Numbers(record),
            ["address"] = PersonFields.Addresses(record, ""),
            ["website"] = record.Text("Website") is { } site ? new JsonArray(site) : null,
            ["status"] = record.Text("Status"),
            ["text"] = record.Text("Description"),
        },
        Data = new JsonObject { ["id"] = record.Id },
        Actions = new Dictionary<string, string> { ["show"] = context.Identifier(record.Id) },
        Related = [],
    };
}

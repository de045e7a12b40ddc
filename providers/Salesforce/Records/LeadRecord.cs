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

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context)
    {
        var metadata = PersonFields.Metadata(record, record.Text("Company"), addressPrefix: "");
        metadata["website"] = record.Text("Website") is { } site ? new JsonArray(site) : null;
        metadata["status"] = record.Text("Status");
        metadata["text"] = record.Text("Description");
        return new DocumentDraft
        {
            DocumentType = "contact",
            Metadata = metadata,
            Data = new JsonObject { ["id"] = record.Id },
            Actions = new Dictionary<string, string> { ["show"] = context.Identifier(record.Id) },
            Related = [],
        };
    }
}

using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A contact.</summary>
internal sealed record ContactRecord() : RecordKind("Contact", "003")
{
    public override IReadOnlyList<string> Fields { get; } =
    [
        "Name", "FirstName", "LastName", "Birthdate", "Title", "Email", "Phone", "Fax", "MobilePhone", "HomePhone",
        "OtherPhone", "AssistantPhone", "MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry",
        "AccountId",
    ];

    public override IReadOnlyList<string> Names => ["Account.Name"];

    public override DocumentDraft Draft(SalesforceRecord record, RecordContext context) => new()
    {
        DocumentType = "contact",
        Metadata = PersonFields.Metadata(record, record.Text("Account.Name"), "Mailing"),
        Data = new JsonObject { ["id"] = record.Id },
        Actions = new Dictionary<string, string> { ["show"] = context.Identifier(record.Id) },
        Related = context.Related(record.Text("AccountId")),
    };
}

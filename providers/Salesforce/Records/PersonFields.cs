using System.Text.Json.Nodes;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>The parts that contacts, leads and accounts share.</summary>
internal static class PersonFields
{
    private static readonly (string Field, string? Type)[] Phones =
    [
        ("Phone", null), ("Fax", "fax"), ("MobilePhone", "mobile"), ("HomePhone", "home"), ("OtherPhone", "other"),
        ("AssistantPhone", "assistant"),
    ];

    /// <summary>The metadata of a person. What is empty is null, which erases an older value.</summary>
    public static JsonObject Metadata(SalesforceRecord record, string? company, string addressPrefix) => new()
    {
        ["family_name"] = record.Text("LastName"),
        ["given_name"] = record.Text("FirstName"),
        ["name"] = record.Text("Name"),
        ["birthday"] = record.Text("Birthdate"),
        ["jobTitle"] = record.Text("Title"),
        ["worksFor"] = company,
        ["email"] = Emails(record),
        ["phone"] = Numbers(record),
        ["address"] = Addresses(record, addressPrefix),
    };

    /// <summary>All numbers with their types; an empty list when there is none.</summary>
    public static JsonArray Numbers(SalesforceRecord record)
    {
        var numbers = new JsonArray();
        foreach (var (field, type) in Phones)
        {
            if (record.Text(field) is { } number)
            {
                var phone = new JsonObject { ["phone"] = number };
                if (type is not null)
                {
                    phone["type"] = type;
                }

                numbers.Add((JsonNode)phone);
            }
        }

        return numbers;
    }

    /// <summary>The e-mail address as a list of one or none.</summary>
    private static JsonArray Emails(SalesforceRecord record) =>
        record.Text("Email") is { } email ? [new JsonObject { ["email"] = email }] : [];

    /// <summary>A postal address whose fields begin with a word, as a list of one or none.</summary>
    public static JsonArray Addresses(SalesforceRecord record, string prefix) =>
        Address(record, prefix) is { } address ? [new JsonObject { ["address"] = address }] : [];

    /// <summary>A postal address in one line; null when all its fields are empty.</summary>
    private static string? Address(SalesforceRecord record, string prefix)
    {
        var town = Join(" ", record.Text(prefix + "PostalCode"), record.Text(prefix + "City"));
        return Join(
            ", ",
            record.Text(prefix + "Street")?.ReplaceLineEndings(", "), town, record.Text(prefix + "State"),
            record.Text(prefix + "Country"));
    }

    private static string? Join(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => part is not null)) is { Length: > 0 } text ? text : null;
}

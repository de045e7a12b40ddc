using System.Text.Json.Nodes;

namespace AnyFetch.Api.OpenApi;

/// <summary>What the document says about the API as a whole.</summary>
internal static class OpenApiGuide
{
    public const string Text = """
        Search everything you own: send documents and files, search them with the rights of each person, manage people.

        **Credentials.** E-mail and password (`Authorization: Basic`), or an access token (`Authorization: Bearer`, or
        `oauth_access_token` in the address). Each endpoint says which it takes and which scope a token needs; a scope
        never makes an administrator.

        **Requests.** Parameters of GET and HEAD are in the query string; lists repeat the key. Bodies are JSON, a form
        or a multipart form. Numbers may be text, booleans may be `0` and `1`. A `/` at the end of a path is ignored.
        HEAD works wherever GET does; OPTIONS works everywhere, without credentials.

        **Answers.** JSON in UTF-8. Dates are ISO 8601 in UTC with milliseconds, ids are 24 hexadecimal digits. An
        answer of success means that the change is on disk. Clients must ignore keys that they do not know.

        **Errors.** Always `{"code": "...", "message": "..."}`; programs rely on `code`. Checks come in this order:
        credentials, kind of credentials, scope, administrator, arguments, existence, rules, the company's secure flag.
        What is hidden from the caller answers as if it did not exist. A verb that a path does not know is 405
        `MethodNotAllowed`, an unknown path 404 `NotFound`.
        """;

    private static readonly (string Name, string Text)[] s_tags =
    [
        ("Documents", "Send, change, read and delete documents and their files."),
        ("Search", "Find documents, and those that belong to one."),
        ("Document types", "How each kind of document is searched and shown."),
        ("Users", "The caller, and the people of the company."),
        ("Companies", "The company, and the companies below it."),
        ("Providers", "The access tokens that own documents, and their updates."),
        ("Tokens", "The caller's basic token, and the health of a provider's grant."),
        ("Hydraters", "What turns files into text, and how it answers."),
        ("Batch", "Several pages in one call."),
        ("Provider documents", "The older documents API for providers, over the same documents."),
        ("Manager", "OAuth, the marketplace and the pages that a browser visits."),
        ("Server", "Whether the server answers, and this description."),
    ];

    /// <summary>The groups that the document's routes are in.</summary>
    public static JsonArray Tags(IReadOnlySet<string> used) =>
        new([.. s_tags
            .Where(t => used.Contains(t.Name))
            .Select(t => new JsonObject { ["name"] = t.Name, ["description"] = t.Text })]);
}

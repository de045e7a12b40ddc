namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>
/// Every route of the API. The answers stand in the order: another company's administrator, the parent company's
/// administrator, a member without access to the document, a member with access, an administrator without access, an
/// administrator with access, and the token that made the document (it acts for the member with access).
/// </summary>
internal static class RouteTable
{
    private const string Type = """
        {"name":"{new}","description":"d","es_mapping":{},"projections":{"title":"{}","snippet":"{}","full":"{}"},
         "templates":{"title":"t","snippet":"s","full":"f"}}
        """;

    public static IReadOnlyList<RouteRow> Rows { get; } =
    [
        new("GET", "/status", "/status") { Scheme = Scheme.None, Anonymous = 200, Answers = All(200) },
        new("GET", "/", "/") { Answers = All(200) },
        new("GET", "/anyfetch.css", "/anyfetch.css") { Scheme = Scheme.None, Anonymous = 200, Answers = All(200) },
        .. new[] { "/openapi/v1.json", "/docs", "/docs/docs.css", "/docs/docs.js" }.Select(path =>
            new RouteRow("GET", path, path) { Scheme = Scheme.None, Anonymous = 200, Answers = All(200) }),
        .. Tokens(), .. Companies(), .. Subcompanies(), .. Documents(), .. LegacyDocuments(), .. Users(), .. Types(),
        .. Providers(), .. Hydraters(),
        new("GET", "/batch", "/batch?pages=%2Fstatus") { Answers = All(200) },
        new("POST", "/batch", "/batch?key={new}")
        {
            Body = """{"document":{"metadata":{"title":"x"}}}""", Scheme = Scheme.Token, Scope = "write_documents",
            Answers = All(200),
        },
        new("GET", "/batch/state", "/batch/state")
        {
            Scheme = Scheme.Token, Scope = "write_documents", Answers = All(200),
        },
        new("POST", "/readers", "/readers")
        {
            Body = """{"emails":["nobody@example.org"]}""", Scheme = Scheme.Token, Scope = "write_documents",
            Answers = All(200),
        },
        new("POST", "/track/provider-updated", "/track/provider-updated")
        {
            Body = """{"is_first":true}""", Scheme = Scheme.Token, Answers = All(204),
        },
    ];

    private static IEnumerable<RouteRow> Tokens() =>
    [
        new("GET", "/token", "/token") { Scheme = Scheme.Basic, Scope = "read_tokens", Answers = ByPassword(200) },
        new("DELETE", "/token", "/token") { Scheme = Scheme.Basic, Scope = "delete_tokens", Answers = ByPassword(204) },
        new("POST", "/token/refresh", "/token/refresh") { Scheme = Scheme.Token, Answers = All(204) },
    ];

    private static IEnumerable<RouteRow> Companies() =>
    [
        new("GET", "/company", "/company") { Scope = "read_companies", Answers = All(200) },
        .. new[] { "PATCH", "POST" }.Select(verb => new RouteRow(verb, "/company", "/company")
        {
            Body = """{"name":"{new}"}""", Scope = "write_companies", IsAdminOnly = true, Answers = Admins(200),
        }),
        new("POST", "/company/update", "/company/update") { Answers = All(200) },
        new("DELETE", "/company/reset", "/company/reset")
        {
            Scope = "delete_tokens", IsAdminOnly = true, Answers = Admins(204),
        },
    ];

    private static IEnumerable<RouteRow> Subcompanies() =>
    [
        new("GET", "/subcompanies", "/subcompanies")
        {
            Scope = "read_companies", IsAdminOnly = true, Answers = Admins(200),
        },
        new("POST", "/subcompanies", "/subcompanies")
        {
            Body = """{"user":"{outsider}","name":"{new}"}""", Scope = "write_companies", IsAdminOnly = true,
            NotFoundCode = "NotFound", Answers = [404, 404, 403, 403, 200, 200, 403],
        },
        new("GET", "/subcompanies/{id}", "/subcompanies/{child}")
        {
            Scope = "read_companies", IsAdminOnly = true, Answers = [404, 200, 403, 403, 200, 200, 403],
        },
        new("PATCH", "/subcompanies/{id}", "/subcompanies/{child}")
        {
            Body = """{"secure":true}""", Scope = "write_companies", IsAdminOnly = true,
            Answers = [404, 200, 403, 403, 200, 200, 403],
        },
        new("DELETE", "/subcompanies/{id}", "/subcompanies/{child}")
        {
            Scope = "delete_companies", IsAdminOnly = true, Answers = [404, 204, 403, 403, 204, 204, 403],
        },
        new("DELETE", "/subcompanies/{id}/reset", "/subcompanies/{child}/reset")
        {
            Scope = "delete_tokens", IsAdminOnly = true, Answers = [404, 204, 403, 403, 204, 204, 403],
        },
    ];

    private static IEnumerable<RouteRow> Documents()
    {
        yield return new("GET", "/documents", "/documents") { Scope = "read_documents", Answers = All(200) };
        yield return new("GET", "/suggestions", "/suggestions?search=un") { Scope = "read_documents", Answers = All(200) };
        yield return new("POST", "/documents", "/documents")
        {
            Body = """{"metadata":{"title":"x"}}""", Scheme = Scheme.Token, Scope = "write_documents", Answers = All(200),
        };
        (string Pattern, string Path, bool IsByIdentifier)[] forms =
        [
            ("/documents/{id}", "/documents/{document}", false),
            ("/documents/identifier/{identifier}", "/documents/identifier/{its_identifier}", true),
        ];
        foreach (var (pattern, path, isByIdentifier) in forms)
        {
            foreach (var tail in new[] { "", "/raw", "/related", "/similar", "/image", "/file" })
            {
                yield return new("GET", pattern + tail, path + tail)
                {
                    Scope = "read_documents", Answers = Seen(200, isByIdentifier),
                };
            }

            foreach (var verb in new[] { "PATCH", "POST" })
            {
                yield return new(verb, pattern, path)
                {
                    Body = """{"metadata":{"colour":"red"}}""", Scope = "write_documents",
                    Answers = Seen(204, isByIdentifier),
                };
            }

            yield return new("DELETE", pattern, path)
            {
                Scheme = Scheme.Token, Scope = "delete_documents", Answers = Seen(204, isByIdentifier),
            };
            yield return new("POST", pattern + "/file", path + "/file")
            {
                Body = "file", Scope = "write_documents", Answers = Seen(204, isByIdentifier),
            };
            yield return new("POST", pattern + "/hydrate", path + "/hydrate")
            {
                Body = "{}", Scope = "write_documents", IsAdminOnly = true,
                Answers = [404, 404, 403, 403, 404, isByIdentifier ? 404 : 204, 403],
            };
        }

        // A hydrater's URLs carry their own credential, which nobody here has.
        yield return new("PATCH", "/hydration/tasks/{task}", "/hydration/tasks/x")
        {
            Body = "{}", Scheme = Scheme.None, Anonymous = 410, Answers = All(410),
        };
        yield return new("GET", "/hydration/tasks/{task}/file", "/hydration/tasks/x/file")
        {
            Scheme = Scheme.None, Anonymous = 410, Answers = All(410),
        };
    }

    private static IEnumerable<RouteRow> LegacyDocuments() =>
    [
        new("POST", "/providers/documents", "/providers/documents")
        {
            Body = """{"identifier":"{its_identifier}"}""", Scheme = Scheme.Token, Scope = "write_documents",
            Answers = All(200),
        },
        new("PATCH", "/providers/documents", "/providers/documents")
        {
            Body = """{"identifier":"{its_identifier}"}""", Scheme = Scheme.Token, Scope = "write_documents",
            Answers = Seen(204, isByIdentifier: true),
        },
        new("DELETE", "/providers/documents", "/providers/documents")
        {
            Body = """{"identifier":"{its_identifier}"}""", Scheme = Scheme.Token, Scope = "delete_documents",
            Answers = Seen(204, isByIdentifier: true),
        },
    ];

    private static IEnumerable<RouteRow> Users() =>
    [
        new("GET", "/user", "/user") { Scope = "read_users", Answers = All(200) },
        new("PATCH", "/user", "/user") { Body = """{"name":"x"}""", Scope = "write_users", Answers = All(200) },
        new("POST", "/user/update", "/user/update") { Answers = All(200) },
        new("DELETE", "/user/reset", "/user/reset") { Scope = "delete_tokens", Answers = All(204) },
        new("GET", "/users", "/users") { Scope = "read_users", IsAdminOnly = true, Answers = Admins(200) },
        new("POST", "/users", "/users")
        {
            Body = """{"email":"{new}@example.org","name":"n","password":"p"}""", Scope = "write_users",
            IsAdminOnly = true, Answers = Admins(200),
        },
        new("GET", "/users/{id}", "/users/{insider}") { Scope = "read_users", Answers = Members(200) },
        .. new[] { "PATCH", "POST" }.Select(verb => new RouteRow(verb, "/users/{id}", "/users/{insider}")
        {
            Body = """{"name":"x"}""", Scheme = Scheme.Basic, Scope = "write_users",
            Answers = [404, 404, 403, 200, 200, 200, 401],
        }),
        new("DELETE", "/users/{id}", "/users/{insider}")
        {
            Scope = "delete_users", IsAdminOnly = true, Answers = [404, 404, 403, 403, 204, 204, 403],
        },
        new("POST", "/users/{id}/update", "/users/{insider}/update") { Answers = [404, 404, 403, 200, 200, 200, 200] },
        new("DELETE", "/users/{id}/reset", "/users/{insider}/reset")
        {
            Scope = "delete_tokens", Answers = [404, 404, 403, 204, 204, 204, 204],
        },
    ];

    private static IEnumerable<RouteRow> Types() =>
    [
        new("GET", "/document_types", "/document_types") { Scope = "read_document_types", Answers = All(200) },
        new("GET", "/document_types/{id}", "/document_types/{type}")
        {
            Scope = "read_document_types", Answers = Members(200),
        },
        new("POST", "/document_types", "/document_types")
        {
            Body = Type, Scope = "write_document_types", IsAdminOnly = true, Answers = Admins(200),
        },
        new("PATCH", "/document_types/{id}", "/document_types/{type}")
        {
            Body = """{"description":"x"}""", Scope = "write_document_types", IsAdminOnly = true,
            Answers = [404, 404, 403, 403, 200, 200, 403],
        },
        new("DELETE", "/document_types/{id}", "/document_types/{type}")
        {
            Scope = "delete_document_types", IsAdminOnly = true, Answers = [404, 404, 403, 403, 204, 204, 403],
        },
    ];

    private static IEnumerable<RouteRow> Providers() =>
    [
        new("GET", "/providers", "/providers") { Scope = "read_tokens", Answers = All(200) },
        new("GET", "/providers/{id}", "/providers/{provider}") { Scope = "read_tokens", Answers = Own(200) },
        new("DELETE", "/providers/{id}", "/providers/{provider}") { Scope = "delete_tokens", Answers = Own(204) },
        new("DELETE", "/providers/{id}/reset", "/providers/{provider}/reset")
        {
            Scope = "delete_documents", Answers = Own(204),
        },
    ];

    private static IEnumerable<RouteRow> Hydraters() =>
    [
        new("GET", "/hydraters", "/hydraters") { Scope = "read_hydraters", Answers = All(200) },
        new("GET", "/hydraters/{id}", "/hydraters/{hydrater}") { Scope = "read_hydraters", Answers = Members(200) },
        new("POST", "/hydraters", "/hydraters")
        {
            Body = """{"url":"https://example.org/{new}","short_name":"h","description":"d"}""",
            Scope = "write_hydraters", IsAdminOnly = true, Answers = Admins(200),
        },
        new("PATCH", "/hydraters/{id}", "/hydraters/{hydrater}")
        {
            Body = """{"priority":1}""", Scope = "write_hydraters", IsAdminOnly = true, NotFoundCode = "NotFound",
            Answers = [404, 404, 403, 403, 200, 200, 403],
        },
        new("POST", "/hydraters/match", "/hydraters/match")
        {
            Body = """{"metadata":{"path":"/a.md"}}""", Scope = "read_hydraters", Answers = All(200),
        },
        new("GET", "/company/hydrate", "/company/hydrate")
        {
            Scope = "read_hydraters", IsAdminOnly = true, Answers = Admins(404),
        },
        new("DELETE", "/company/hydrate", "/company/hydrate")
        {
            Scope = "write_documents", IsAdminOnly = true, Answers = Admins(404),
        },
        new("POST", "/company/hydrate", "/company/hydrate")
        {
            Body = """{"filter":{"identifier":"nobody"}}""", Scope = "write_documents", IsAdminOnly = true,
            Answers = Admins(200),
        },
        new("DELETE", "/hydraters/{id}", "/hydraters/{hydrater}")
        {
            Scope = "delete_hydraters", IsAdminOnly = true, NotFoundCode = "NotFound",
            Answers = [404, 404, 403, 403, 204, 204, 403],
        },
    ];

    /// <summary>Everybody gets their own.</summary>
    private static int[] All(int status) => [status, status, status, status, status, status, status];

    /// <summary>Everybody who sends e-mail and password; the token that made the document is refused.</summary>
    private static int[] ByPassword(int status) => [status, status, status, status, status, status, 401];

    /// <summary>Administrators get or change what their own company has.</summary>
    private static int[] Admins(int status) => [status, status, 403, 403, status, status, 403];

    /// <summary>The company's own people get it, nobody else knows of it.</summary>
    private static int[] Members(int status) => [404, 404, status, status, status, status, status];

    /// <summary>The member whose it is gets it.</summary>
    private static int[] Own(int status) => [404, 404, 404, status, 404, 404, status];

    /// <summary>Those who may see the document; by identifier only the token that made it.</summary>
    private static int[] Seen(int status, bool isByIdentifier) => isByIdentifier
        ? [404, 404, 404, 404, 404, 404, status]
        : [404, 404, 404, status, 404, status, status];
}

using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Api;

/// <summary>Companies, users and document types (api.md §5).</summary>
public sealed class AccountConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_28_29_and_30_users_are_made_and_changed_by_administrators(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var member = await company.AddPersonAsync();
        foreach (var body in (string[])
        [
            """{"name":"n","password":"p"}""", """{"email":"e@example.org","password":"p"}""", """{"email":"e@example.org","name":"n"}""",
        ])
        {
            (await company.PostAsync("users", body)).Is(409, "MissingParameter");
        }

        var again = $$"""{"email":"{{member.Email.ToUpperInvariant()}}","name":"n","password":"p"}""";
        (await company.PostAsync("users", again)).Is(409, "InvalidArgument");
        (await company.PostAsync("users", """{"email":"x@example.org","name":"x","password":"x"}""", member.Basic)).Is(403, "Forbidden");
        (await company.SendAsync("PATCH", "users/" + company.Admin.Id, """{"name":"x"}""", member.Basic)).Is(403, "Forbidden");
        (await company.SendAsync("PATCH", "user", """{"is_admin":false}""")).Is(403, "Forbidden");
        (await company.SendAsync("PATCH", "user", """{"is_admin":true}""", member.Basic)).Is(403, "Forbidden");

        // With another administrator there, the rule about the last one does not answer in its place.
        await company.AddPersonAsync(isAdmin: true);
        (await company.SendAsync("DELETE", "users/" + company.Admin.Id)).Is(403, "NotAuthorized");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_31_32_and_33_a_subcompany_takes_its_administrator_along(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var head = await company.AddPersonAsync();
        var child = await OwnCompany.AddSubcompanyAsync(company.Api, head);
        Assert.DoesNotContain(await company.Api.Users.ListAsync(default), u => u.Id == head.Id);
        var below = company.ApiOf(head);
        Assert.True((await below.Users.GetCurrentAsync(default)).IsAdmin);
        Assert.Empty(await below.Companies.ListSubcompaniesAsync(default));

        await OwnCompany.AddSubcompanyAsync(below, await OwnCompany.AddPersonAsync(below));
        (await company.SendAsync("DELETE", "subcompanies/" + child)).Is(403, "Forbidden");
        await company.Api.Companies.DeleteSubcompanyAsync(child, force: true, default);
        (await company.GetAsync("subcompanies/" + child)).Is(404, "ResourceNotFound");

        await company.Api.Companies.PatchCurrentAsync(new CompanyChange { DocumentsPerUpdate = 10 }, default);
        (await company.SendAsync("PATCH", "company", """{"documents_per_update":11}""")).Is(409, "InvalidArgument");
        Assert.Equal(10, (await company.Api.Companies.GetCurrentAsync(default)).DocumentsPerUpdate);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_34_and_legacy_check_23_a_secure_company_takes_no_writes_of_untrusted_clients(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var application = "Bearer " + await NewClientTokenAsync(company);
        (await company.PostAsync("documents", """{"identifier":"i"}""", application)).Is(200);
        var type = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(), default);
        await company.Api.Companies.PatchCurrentAsync(new CompanyChange { Secure = true }, default);
        foreach (var (verb, path, body) in ((string, string, string)[])
        [
            ("POST", "documents", """{"identifier":"j"}"""), ("PATCH", "documents/identifier/i", "{}"),
            ("POST", "document_types", OwnType.Json()), ("PATCH", "document_types/" + type.Id, """{"description":"d"}"""),
            ("DELETE", "document_types/" + type.Id, "{}"), ("POST", "providers/documents", """{"identifier":"j"}"""),
            ("PATCH", "providers/documents", """{"identifier":"i"}"""),
        ])
        {
            (await company.SendAsync(verb, path, body, application)).Is(403, "InsecureOperation");
        }

        var file = OwnCompany.Multipart("x"u8.ToArray());
        (await company.SendAsync("POST", "documents/identifier/i/file", file, application)).Is(403, "InsecureOperation");
        (await company.GetAsync("documents/identifier/i", application)).Is(200);
        (await company.GetAsync("documents", application)).Is(200);
        (await company.SendAsync("DELETE", "providers/documents", """{"identifier":"i"}""", application)).Is(204);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_35_and_36_document_types_belong_to_their_company(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.SendAsync("PATCH", "document_types/5252ce4ce4cfcd16f55cfa3b", """{"description":"d"}""")).Is(403, "NotAuthorized");
        var type = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(), default);
        Assert.Equal(company.Id, type.Owner);
        (await company.SendAsync("PATCH", "document_types/" + type.Id, """{"name":"n"}""")).Is(409, "InvalidArgument");
        (await company.PostAsync("document_types", OwnType.Json(type.Name))).Is(409, "InvalidContent");
        await company.AddAsync("i", type: type.Name);
        (await company.SendAsync("DELETE", "document_types/" + type.Id)).Is(403, "NotAuthorized");
        await company.Api.Documents.DeleteAsync(DocumentRef.ByIdentifier("i"), default);
        await company.Api.DocumentTypes.DeleteAsync(type.Id, default);
        (await company.GetAsync("document_types/" + type.Id)).Is(404, "ResourceNotFound");
    }
}

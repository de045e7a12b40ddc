using AnyFetch.Conformance.Tests.Targets;
using AnyFetch.Testing;

namespace AnyFetch.Conformance.Tests.Legacy;

/// <summary>The older documents API for providers (legacy-providers-api).</summary>
public sealed class LegacyConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private const string Path = "providers/documents/";

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_01_02_03_and_04_a_document_is_made_once_with_its_dates(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var first = (await company.PostAsync(Path, """{"identifier":"i","metadatas":{"title":"T"},"update_date":"2014-03-21T16:15:04.813Z"}""")).Is(200);
        var raw = (await company.GetAsync("documents/identifier/i/raw")).Is(200);
        Assert.Equal("""{"title":"T"}""", raw["metadata"].GetRawText());
        Assert.Equal("2014-03-21T16:15:04.813Z", raw.Text("modification_date"));
        AssertNow(raw.Text("creation_date"), company);

        var again = (await company.PostAsync(Path, """{"identifier":"i"}""")).Is(200);
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal(first.Text("creation_date"), again.Text("creation_date"));
        AssertNow(again.Text("update_date"), company);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_05_06_07_08_09_and_10_a_document_is_merged_and_deleted(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var verb in (string[])["POST", "PATCH", "DELETE"])
        {
            (await company.SendAsync(verb, Path, "{}")).Is(409, "MissingParameter");
        }

        (await company.SendAsync("PATCH", Path, """{"identifier":"i"}""")).Is(404, "ResourceNotFound");
        var made = (await company.PostAsync(Path, """{"identifier":"i","metadatas":{"a":1,"b":null,"v":{"x":1}}}""")).Is(200);
        Assert.Equal("""{"a":1,"v":{"x":1}}""", made["metadatas"].GetRawText());
        (await company.SendAsync("PATCH", Path, """{"identifier":"i","metadatas":{"b":2}}""")).Is(204);
        Assert.Equal("""{"a":1,"v":{"x":1},"b":2}""", await MetadataAsync(company));
        (await company.SendAsync("PATCH", Path, """{"identifier":"i","metadatas":{"a":null,"v":{"y":2}}}""")).Is(204);
        Assert.Equal("""{"v":{"y":2},"b":2}""", await MetadataAsync(company));
        (await company.SendAsync("DELETE", Path, """{"identifier":"i"}""")).Is(204);
        (await company.SendAsync("DELETE", Path, """{"identifier":"i"}""")).Is(404, "ResourceNotFound");
        (await company.GetAsync("documents/identifier/i/raw")).Is(404, "ResourceNotFound");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_11_and_12_actions_come_in_two_shapes(string target)
    {
        await using var company = await NewCompanyAsync(target);
        const string List = """[{"type":"show","url":"x"},{"type":"reply","url":"r"},{"type":"show","url":"s"}]""";
        var list = (await company.PostAsync(Path, $$"""{"identifier":"a","actions":{{List}}}""")).Is(200);
        var map = (await company.PostAsync(Path, """{"identifier":"b","actions":{"show":"s","reply":"r"}}""")).Is(200);
        Assert.Equal("s", list["actions"].GetProperty("show").GetString());
        Assert.Equal(map["actions"].GetRawText(), list["actions"].GetRawText());
        (await company.PostAsync(Path, """{"identifier":"c","actions":[{"type":"show"}]}""")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_13_and_14_another_application_or_user_has_documents_of_its_own(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var colleague = await company.AddPersonAsync();
        using var admin = await Visitor.SignedInAsync(company.Target, company.Admin);
        using var other = await Visitor.SignedInAsync(company.Target, colleague);
        var application = await admin.RegisterAsync(AllScopes);
        var mine = "Bearer " + await admin.GrantAsync(application);
        var id = (await company.PostAsync(Path, """{"identifier":"i"}""", mine)).Is(200).Text("id");
        foreach (var secret in new[] { company.Token, await other.GrantAsync(application) })
        {
            var bearer = "Bearer " + secret;
            (await company.SendAsync("PATCH", Path, """{"identifier":"i"}""", bearer)).Is(404, "ResourceNotFound");
            (await company.SendAsync("DELETE", Path, """{"identifier":"i"}""", bearer)).Is(404, "ResourceNotFound");
            Assert.NotEqual(id, (await company.PostAsync(Path, """{"identifier":"i"}""", bearer)).Is(200).Text("id"));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_15_and_16_user_access_hides_and_reopens(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await using var stranger = await NewCompanyAsync(target);
        var colleague = await company.AddPersonAsync();
        var foreign = $$"""{"identifier":"i","user_access":["{{stranger.Admin.Id}}"]}""";
        (await company.PostAsync(Path, foreign)).Is(409, "InvalidArgument");
        var id = (await company.PostAsync(Path, """{"identifier":"i"}""")).Is(200).Text("id");
        await company.CountIsAsync("", 1, colleague.Basic);
        (await company.PostAsync(Path, $$"""{"identifier":"i","user_access":["{{company.Admin.Id}}"]}""")).Is(200);
        (await company.GetAsync("documents/" + id, colleague.Basic)).Is(404, "ResourceNotFound");
        (await company.SendAsync("PATCH", Path, """{"identifier":"i","user_access":null}""")).Is(204);
        (await company.GetAsync("documents/" + id, colleague.Basic)).Is(200);
        await company.CountIsAsync("", 1, colleague.Basic);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_17_18_and_19_a_form_carries_a_file_that_only_a_null_source_keeps(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var (identifier, source) in ((string, string)[])[("kept", "null"), ("gone", "https://example.org/f")])
        {
            var form = OwnCompany.Multipart(
                "plain words"u8.ToArray(),
                ("identifier", identifier), ("source", source), ("metadatas", """{"title":"T","path":"/f.txt"}"""));
            Assert.Equal("T", (await company.SendAsync("POST", Path, form)).Is(200)["metadatas"].GetProperty("title").GetString());
        }

        await Eventually.TrueAsync(
            async () => (await company.GetAsync("documents/identifier/gone/file")).Status == 404
                && await IsHydratedAsync(company, "kept"),
            TimeSpan.FromSeconds(60),
            "both are hydrated");
        Assert.Equal("plain words", (await company.GetAsync("documents/identifier/kept/file")).Is(200).Body);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_20_21_and_22_the_routes_take_tokens_and_share_the_documents(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.PostAsync("providers/documents", """{"identifier":"i"}""", company.Basic)).Is(401, "ForbiddenScheme");
        var reader = "Bearer " + await NewClientTokenAsync(company, ["read_documents"]);
        (await company.PostAsync("providers/documents", """{"identifier":"i"}""", reader)).Is(403, "MissingScope");
        (await company.GetAsync("providers/documents")).Is(405, "MethodNotAllowed");
        (await company.GetAsync("providers/documents/")).Is(405, "MethodNotAllowed");

        await company.AddAsync("new", """{"a":1}""");
        (await company.SendAsync("PATCH", "providers/documents", """{"identifier":"new","metadatas":{"b":2}}""")).Is(204);
        Assert.Equal("""{"a":1,"b":2}""", await MetadataAsync(company, "new"));
        (await company.SendAsync("DELETE", "providers/documents?identifier=new")).Is(204);
        (await company.PostAsync(Path, """{"identifier":"old"}""")).Is(200);
        (await company.SendAsync("PATCH", "documents/identifier/old", """{"metadata":{"a":1}}""")).Is(204);
        (await company.SendAsync("DELETE", "documents/identifier/old")).Is(204);
    }

    private static async Task<string> MetadataAsync(OwnCompany company, string identifier = "i") =>
        (await company.GetAsync($"documents/identifier/{identifier}/raw")).Is(200)["metadata"].GetRawText();

    private static async Task<bool> IsHydratedAsync(OwnCompany company, string identifier)
    {
        var raw = (await company.GetAsync($"documents/identifier/{identifier}/raw")).Is(200);
        return raw["hydrating"].GetArrayLength() == 0 && raw["hydrated_by"].GetArrayLength() > 0;
    }

    private static void AssertNow(string date, OwnCompany company)
    {
        var now = company.Api.GetIndexAsync(default).GetAwaiter().GetResult().ServerTime!.Value;
        Assert.InRange(DateTimeOffset.Parse(date), now.AddMinutes(-1), now);
    }
}

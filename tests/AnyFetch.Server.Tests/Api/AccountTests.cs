using System.Text;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Server.Tests.Api;

/// <summary>Users, companies, providers, types and batch (api.md §5).</summary>
public sealed class AccountTests : ApiTest
{
    [Fact]
    public async Task Api_check_28_a_user_needs_three_fields_and_a_free_address()
    {
        foreach (var body in new[]
        {
            """{"name":"n","password":"p"}""", """{"email":"e@x.org","password":"p"}""", """{"email":"e@x.org","name":"n"}""",
        })
        {
            (await PostAsync("/users", body)).Is(409, "MissingParameter");
        }

        var user = (await PostAsync("/users", """{"email":"e@x.org","name":"","password":"p"}""")).Is(200).Json;
        Assert.Equal(["_type", "id", "email", "name", "is_admin", "user_url"], user.EnumerateObject().Select(p => p.Name));
        (await PostAsync("/users", """{"email":"E@x.org","name":"n","password":"p"}""")).Is(409, "InvalidArgument");
        (await PostAsync("/users", """{"email":"f@x.org","name":"n","password":"p"}""", Basic("e@x.org", "p"))).Is(403, "Forbidden");
    }

    [Fact]
    public async Task Api_checks_29_and_30_nobody_lifts_lowers_or_deletes_themselves()
    {
        var member = await Server.AddUserAsync("member@example.org");
        var self = Id(Server.AdminUser);
        (await SendAsync("PATCH", "/users/" + self, """{"name":"x"}""", Basic(member.Email))).Is(403, "Forbidden");
        (await SendAsync("PATCH", "/user", """{"is_admin":true}""", Basic(member.Email))).Is(403, "Forbidden");
        (await SendAsync("PATCH", "/users/" + self, """{"is_admin":"0"}""", AdminBasic)).Is(403, "Forbidden");
        (await SendAsync("PATCH", "/users/" + self, """{"name":"x"}""")).Is(401, "ForbiddenScheme");
        Assert.Equal("x", (await SendAsync("PATCH", "/users/" + Id(member), """{"name":"x"}""", AdminBasic)).Is(200).Str("name"));
        (await SendAsync("DELETE", "/users/" + self)).Is(403, "NotAuthorized");
        (await SendAsync("DELETE", "/users/" + Id(member))).Is(204);
        (await GetAsync("/user", Basic(member.Email))).Is(401, "InvalidCredentials");
        (await GetAsync("/users/" + Id(member))).Is(404, "ResourceNotFound");
        (await GetAsync("/users/xyz")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Api_checks_31_and_32_a_subcompany_takes_its_first_administrator_along()
    {
        var user = await Server.AddUserAsync("child@example.org");
        (await PostAsync("/subcompanies", """{"name":"child"}""")).Is(409, "MissingParameter");
        (await PostAsync("/subcompanies", $$"""{"user":"{{user.Id}}"}""")).Is(409, "MissingParameter");
        (await PostAsync("/subcompanies", $$"""{"user":"{{Server.AdminUser.Id}}","name":"child"}""")).Is(409, "InvalidArgument");
        (await PostAsync("/subcompanies", $$"""{"user":"{{user.Id}}","name":"bad name"}""")).Is(409, "InvalidArgument");
        (await PostAsync("/subcompanies", """{"user":"0123456789abcdef01234567","name":"child"}""")).Is(404, "NotFound");
        var child = (await PostAsync("/subcompanies", $$"""{"user":"{{user.Id}}","name":"child","documents_per_update":"2000"}""")).Is(200).Json;
        Assert.Equal(0, child.GetProperty("childs").GetArrayLength());
        Assert.Equal(2000, child.GetProperty("documents_per_update").GetInt32());
        Assert.DoesNotContain((await GetAsync("/users")).Json.EnumerateArray(), u => u.GetProperty("id").GetString() == Id(user));
        var theirs = Basic(user.Email);
        Assert.True((await GetAsync("/user", theirs)).Json.GetProperty("is_admin").GetBoolean());
        Assert.Equal("[]", (await GetAsync("/subcompanies", theirs)).Is(200).Text);
        var grandchild = (await PostAsync("/users", """{"email":"g@x.org","name":"g","password":"p"}""", theirs)).Is(200).Str("id");
        (await PostAsync("/subcompanies", $$"""{"user":"{{grandchild}}","name":"grandchild"}""", theirs)).Is(200);
        var id = child.GetProperty("id").GetString();
        Assert.Equal(1, (await GetAsync("/subcompanies")).Json[0].GetProperty("childs").GetArrayLength());
        (await SendAsync("PATCH", "/subcompanies/" + id, """{"documents_per_update":2400}""")).Is(200);
        (await SendAsync("DELETE", "/subcompanies/" + id)).Is(403, "Forbidden");
        (await SendAsync("DELETE", $"/subcompanies/{id}?force=true")).Is(204);
        (await GetAsync("/subcompanies/" + id)).Is(404, "ResourceNotFound");
        (await GetAsync("/user", theirs)).Is(401, "InvalidCredentials");
    }

    [Fact]
    public async Task A_company_says_how_its_documents_are_hydrated_and_hands_it_to_new_companies_below()
    {
        var unsaid = (await GetAsync("/company")).Is(200).Json;
        Assert.All(
            (string[])["ocr_languages", "junk_names", "junk_folders", "callback_seconds"],
            name => Assert.Equal(JsonValueKind.Null, unsaid.GetProperty(name).ValueKind));
        Assert.False(unsaid.GetProperty("keep_originals").GetBoolean());

        const string Said =
            """{"ocr_languages":["deu","chi_sim"],"junk_names":["*.iso"],"junk_folders":[],"callback_seconds":60,"keep_originals":true}""";
        (await SendAsync("PATCH", "/company", Said)).Is(200);
        (await SendAsync("PATCH", "/company", """{"secure":false}""")).Is(200);
        Assert.Equal(Said, HydrationOf((await GetAsync("/company")).Json));

        var user = await Server.AddUserAsync("child@example.org");
        var child = (await PostAsync("/subcompanies", $$"""{"user":"{{user.Id}}","name":"child","callback_seconds":90}""")).Is(200).Json;
        Assert.Equal(Said.Replace("60", "90", StringComparison.Ordinal), HydrationOf(child));
        (await SendAsync("PATCH", "/subcompanies/" + child.GetProperty("id").GetString(), """{"ocr_languages":null,"junk_names":[]}""")).Is(200);
        Assert.Equal(
            """{"ocr_languages":null,"junk_names":[],"junk_folders":[],"callback_seconds":90,"keep_originals":true}""",
            HydrationOf((await GetAsync("/company", Basic(user.Email))).Json));
        Assert.Equal(Said, HydrationOf((await GetAsync("/company")).Json));
    }

    [Theory]
    [InlineData("""{"ocr_languages":["../eng"]}""")]
    [InlineData("""{"ocr_languages":"eng"}""")]
    [InlineData("""{"ocr_languages":["a","b","c","d","e","f","g","h","i","j","k"]}""")]
    [InlineData("""{"junk_names":["*"]}""")]
    [InlineData("""{"junk_names":[""]}""")]
    [InlineData("""{"junk_folders":["a/b"]}""")]
    [InlineData("""{"callback_seconds":0}""")]
    [InlineData("""{"callback_seconds":86401}""")]
    [InlineData("""{"keep_originals":"perhaps"}""")]
    public async Task Wrong_words_about_hydration_are_refused_and_change_nothing(string body)
    {
        (await SendAsync("PATCH", "/company", body)).Is(409, "InvalidArgument");
        Assert.Equal(
            """{"ocr_languages":null,"junk_names":null,"junk_folders":null,"callback_seconds":null,"keep_originals":false}""",
            HydrationOf((await GetAsync("/company")).Json));
    }

    [Fact]
    public async Task Api_check_33_documents_per_update_only_goes_down()
    {
        (await SendAsync("PATCH", "/company", """{"documents_per_update":"2499"}""")).Is(200);
        foreach (var value in new[] { "2500", "0", "-1", "1.5", "\"x\"" })
        {
            (await SendAsync("PATCH", "/company", $$"""{"documents_per_update":{{value}}}""")).Is(409, "InvalidArgument");
        }

        (await SendAsync("PATCH", "/company", """{"hydraters":["https://nobody.example.org"]}""")).Is(409, "InvalidArgument");
        Assert.Equal(2499, (await GetAsync("/company")).Json.GetProperty("documents_per_update").GetInt32());
        (await SendAsync("PATCH", "/company", """{"hydraters":[]}""")).Is(200);
    }

    [Fact]
    public async Task Api_checks_35_and_36_document_types_belong_to_their_company()
    {
        const string File = "/document_types/5252ce4ce4cfcd16f55cfa3b";
        (await SendAsync("PATCH", File, """{"description":"x"}""")).Is(403, "NotAuthorized");
        (await SendAsync("PATCH", File, """{"name":"x"}""")).Is(409, "InvalidArgument");
        const string Views = """{"title":"{\"t\": \"{{attr 'title'}}\"}","snippet":"{ broken","full":"{}"}""";
        var body = $$"""{"name":"recipe","description":"d","es_mapping":{},"projections":{{Views}},"templates":{{Views}}}""";
        var type = (await PostAsync("/document_types", body)).Is(200).Json;
        var id = type.GetProperty("id").GetString();
        Assert.Equal(Server.AdminUser.Company.ToString(), type.GetProperty("owner").GetString());
        (await PostAsync("/document_types", body)).Is(409, "InvalidContent");
        (await PostAsync("/document_types", """{"name":"x"}""")).Is(409, "MissingParameter");
        (await PostAsync("/document_types", body.Replace("\"es_mapping\":{}", "\"es_mapping\":\"{}\"", StringComparison.Ordinal))).Is(409, "InvalidArgument");
        (await PostAsync("/documents", """{"identifier":"n","document_type":"recipe","metadata":{"title":"T"}}""")).Is(200);
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        var (_, theirs) = await Server.AddTokenAsync(stranger, Scopes.All);
        (await PostAsync("/documents", """{"document_type":"recipe"}""", "Bearer " + theirs)).Is(409, "InvalidArgument");
        (await GetAsync("/document_types/" + id, "Bearer " + theirs)).Is(404, "ResourceNotFound");
        Assert.Equal("T", (await GetAsync("/documents/identifier/n")).Json.GetProperty("title").GetProperty("t").GetString());
        (await SendAsync("DELETE", "/document_types/" + id)).Is(403, "NotAuthorized");
        (await SendAsync("DELETE", "/documents/identifier/n")).Is(204);
        Assert.Equal("e", (await SendAsync("PATCH", "/document_types/" + id, """{"description":"e"}""")).Is(200).Str("description"));
        (await SendAsync("DELETE", "/document_types/" + id)).Is(204);
        (await GetAsync("/document_types/" + id)).Is(404, "ResourceNotFound");
    }

    [Fact]
    public async Task Api_check_37_one_provider_is_current_and_no_secret_is_told()
    {
        await Server.AddTokenAsync(scopes: Scopes.All);
        var mine = (await GetAsync("/providers")).Is(200);
        Assert.Single(mine.Json.EnumerateArray(), p => p.GetProperty("current").GetBoolean());
        Assert.DoesNotContain(Token, mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await GetAsync("/providers", AdminBasic)).Json.EnumerateArray(), p => p.GetProperty("current").GetBoolean());
        Assert.Equal(
            ["_type", "id", "client", "is_basic_token", "account_name", "last_used"],
            (await GetAsync("/providers/" + Provider.Id)).Is(200).Json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Auth_checks_5_and_20_scopes_and_refresh_are_listed()
    {
        (await PostAsync("/token/refresh", "{}")).Is(204);
        var all = (await GetAsync("/providers", AdminBasic)).Json.EnumerateArray().ToArray();
        Assert.True(all.Single(p => p.GetProperty("id").GetString() == Provider.Id.ToString()).GetProperty("require_refresh").GetBoolean());
        Assert.Equal(18, all.Single(p => p.GetProperty("is_basic_token").GetBoolean()).GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task Api_check_40_a_batch_gets_pages_as_the_caller()
    {
        var both = (await GetAsync("/batch?pages=/user&pages=" + Uri.EscapeDataString("/document_types?fields=name"))).Is(200).Json;
        Assert.Equal(["/user", "/document_types?fields=name"], both.EnumerateObject().Select(p => p.Name));
        Assert.Equal(9, both.GetProperty("/document_types?fields=name").GetArrayLength());
        var failed = (await GetAsync("/batch?pages=/user&pages=/documents/0123456789abcdef01234567")).Is(404).Json;
        Assert.Equal("/documents/0123456789abcdef01234567", failed.GetProperty("errored").GetString());
        Assert.Equal("ResourceNotFound", failed.GetProperty("/documents/0123456789abcdef01234567").GetProperty("code").GetString());
        Assert.True(failed.TryGetProperty("/user", out _));
        (await GetAsync("/batch")).Is(409, "MissingParameter");
        (await GetAsync("/batch?pages=user")).Is(409, "InvalidArgument");
        (await GetAsync("/batch?" + string.Join('&', Enumerable.Range(0, 10).Select(i => "pages=/user?x=" + i)))).Is(409, "InvalidArgument");
        (await GetAsync("/batch?pages=/company/update")).Is(405);
        (await GetAsync("/batch?pages=/batch%3Fpages=/user")).Is(409);
        (await PostAsync("/documents", """{"identifier":"a/b?é"}""")).Is(200);
        var page = "/documents/identifier/" + Uri.EscapeDataString("a/b?é") + "/raw";
        var encoded = (await GetAsync("/batch?pages=" + Uri.EscapeDataString(page))).Is(200).Json;
        Assert.Equal("a/b?é", encoded.GetProperty(page).GetProperty("identifier").GetString());
        (await GetAsync("/batch?pages=/user&oauth_access_token=" + Token, null)).Is(200);
    }

    [Fact]
    public async Task Hydraters_are_registered_by_a_company_for_itself()
    {
        const string Body = """{"url":"https://h.example.org/hydrate","shortName":"h","description":"d","filters":[{"filePath":"/^./"}],"priority":"2"}""";
        var hydrater = (await PostAsync("/hydraters", Body)).Is(200).Json;
        string[] shown = ["_type", "id", "url", "short_name", "description"];
        Assert.Equal(
            [.. shown, "filters", "priority", "excludes", "rerun_on", "enabled", "counters"], hydrater.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("/^./", 2, true), (
            hydrater.GetProperty("filters")[0].GetProperty("filePath").GetString(),
            hydrater.GetProperty("priority").GetInt32(),
            hydrater.GetProperty("enabled").GetBoolean()));
        (await PostAsync("/hydraters", Body)).Is(409, "InvalidArgument");
        (await PostAsync("/hydraters", """{"url":"https://x.example.org/hydrate","description":"d"}""")).Is(409, "MissingParameter");
        (await PostAsync("/hydraters", """{"url":"relative","short_name":"x","description":"d"}""")).Is(409, "InvalidArgument");
        (await PostAsync("/hydraters", """{"url":"https://x.example.org/","short_name":"x","description":"d","filters":[{"a":"/(/"}]}""")).Is(409, "InvalidArgument");
        var path = "/hydraters/" + hydrater.GetProperty("id").GetString();
        Assert.Contains("https://h.example.org/hydrate", (await GetAsync("/company")).Text, StringComparison.Ordinal);
        var listed = (await GetAsync("/hydraters")).Json.EnumerateArray().ToList();
        Assert.Contains(listed, h => h.GetProperty("url").GetString() == "https://h.example.org/hydrate" && h.TryGetProperty("filters", out _));
        Assert.All(listed.Where(h => h.GetProperty("short_name").GetString() != "h"), h => Assert.Equal(shown, h.EnumerateObject().Select(p => p.Name)));
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        (await GetAsync(path, Basic(stranger.Email))).Is(404, "ResourceNotFound");
        (await SendAsync("DELETE", path, authorization: Basic(stranger.Email))).Is(404, "NotFound");
        (await SendAsync("DELETE", path)).Is(204);
        (await GetAsync(path)).Is(404, "ResourceNotFound");
        Assert.DoesNotContain("https://h.example.org/hydrate", (await GetAsync("/company")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auth_checks_26_and_27_resets_remove_tokens_and_documents()
    {
        var member = await Server.AddUserAsync("member@example.org");
        var (_, theirs) = await Server.AddTokenAsync(member, Scopes.All);
        (await PostAsync("/documents", """{"identifier":"theirs"}""", "Bearer " + theirs)).Is(200);
        var mine = (await PostAsync("/documents", """{"identifier":"mine"}""")).Is(200).Str("id");
        (await SendAsync("DELETE", $"/users/{member.Id}/reset")).Is(204);
        (await GetAsync("/", "Bearer " + theirs)).Is(401, "InvalidCredentials");
        (await GetAsync($"/documents/{mine}/raw")).Is(200);
        (await SendAsync("DELETE", "/company/reset")).Is(204);
        (await GetAsync("/")).Is(401, "InvalidCredentials");
        (await GetAsync($"/documents/{mine}/raw", AdminBasic)).Is(404, "ResourceNotFound");
        (await GetAsync("/", Basic(member.Email))).Is(200);
    }

    [Fact]
    public async Task Files_above_the_limit_are_413_and_change_nothing()
    {
        await using var server = await StartServerAsync(("Api:FileBytesMax", "1000"), ("Api:DocumentBytesMax", "2000"));
        var (_, secret) = await server.AddTokenAsync(scopes: Scopes.All);
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        using var created = await server.Http.PostAsync("providers/documents", new StringContent("{\"identifier\":\"i\",\"source\":null}", Encoding.UTF8, "application/json"));
        using var small = await server.Http.PostAsync("documents/identifier/i/file", Multipart(new byte[1000]));
        Assert.Equal(204, (int)small.StatusCode);
        using var large = await server.Http.PostAsync("documents/identifier/i/file", Multipart(new byte[1001]));
        Assert.Equal(413, (int)large.StatusCode);
        Assert.Equal(1000, (await server.Http.GetByteArrayAsync("documents/identifier/i/file")).Length);
        using var body = await server.Http.PostAsync("documents", new StringContent("{\"identifier\":\"" + new string('x', 3000) + "\"}", Encoding.UTF8, "application/json"));
        Assert.Equal(413, (int)body.StatusCode);
    }

    private static string HydrationOf(JsonElement company) => JsonSerializer.Serialize(
        company.EnumerateObject()
            .Where(p => p.Name is "ocr_languages" or "junk_names" or "junk_folders" or "callback_seconds" or "keep_originals")
            .ToDictionary(p => p.Name, p => p.Value));
}

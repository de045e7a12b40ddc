using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;

namespace AnyFetch.Server.Tests.Api;

/// <summary>Creating, changing, reading and deleting documents (api.md §5).</summary>
public sealed class DocumentTests : ApiTest
{
    private const string UnknownId = "0123456789abcdef01234567";

    [Fact]
    public async Task Api_check_11_non_hex_id_is_409_and_unknown_id_is_404()
    {
        foreach (var tail in new[] { "", "/raw", "/file" })
        {
            (await GetAsync("/documents/xyz" + tail)).Is(409, "InvalidArgument");
            (await GetAsync($"/documents/{UnknownId}{tail}")).Is(404, "ResourceNotFound");
        }

        (await SendAsync("PATCH", $"/documents/{UnknownId}", "{}")).Is(404, "ResourceNotFound");
        (await SendAsync("DELETE", "/documents/xyz")).Is(409, "InvalidArgument");
        (await GetAsync($"/documents/{UnknownId}?identifier=x")).Is(409, "TooManyArguments");
    }

    [Fact]
    public async Task Api_check_12_a_document_without_identifier_gets_its_id()
    {
        var document = (await PostAsync("/documents", "{}")).Is(200).Json;
        Assert.Equal(document.GetProperty("id").GetString(), document.GetProperty("identifier").GetString());
        Assert.Equal("raw", document.GetProperty("projection_type").GetString());
        Assert.Equal("file", document.GetProperty("document_type").GetProperty("name").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", document.GetProperty("creation_date").GetString());
        Assert.Equal(
            Server.Url + "documents/" + document.GetProperty("id").GetString(),
            document.GetProperty("document_url").GetString());
    }

    [Fact]
    public async Task Api_check_13_posting_again_merges_the_first_level()
    {
        var first = (await PostAsync("/documents", """
            {"identifier":"i","metadata":{"a":1,"n":{"x":1},"gone":2},"data":{"d":1},
             "actions":{"show":"http://x/"},"modification_date":"2014-03-21","creation_date":"2013-01-01T12:00:00+01:00"}
            """)).Is(200).Json;
        var second = (await PostAsync("/documents", """
            {"identifier":"i","metadata":{"n":{"y":2},"gone":null,"b":"é"},"data":{"d":null}}
            """)).Is(200).Json;
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("""{"a":1,"n":{"y":2},"b":"é"}""", second.GetProperty("metadata").GetRawText());
        Assert.Equal("{}", second.GetProperty("data").GetRawText());
        Assert.Equal("http://x/", second.GetProperty("actions").GetProperty("show").GetString());
        Assert.Equal("2014-03-21T00:00:00.000Z", first.GetProperty("modification_date").GetString());
        Assert.Equal("2013-01-01T11:00:00.000Z", second.GetProperty("creation_date").GetString());
        Assert.NotEqual("2014-03-21T00:00:00.000Z", second.GetProperty("modification_date").GetString());
    }

    [Theory]
    [InlineData("email")]
    [InlineData("5252ce4ce4cfcd16f55cfa3f")]
    public async Task Api_check_14_a_type_is_named_or_numbered(string type)
    {
        var document = (await PostAsync("/documents", $$"""{"document_type":"{{type}}"}""")).Is(200).Json;
        Assert.Equal("5252ce4ce4cfcd16f55cfa3f", document.GetProperty("document_type").GetProperty("id").GetString());
        (await PostAsync("/documents", """{"document_type":"recipe"}""")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Api_check_15_id_and_identifier_exclude_each_other()
    {
        (await PostAsync("/documents", $$"""{"id":"{{UnknownId}}","identifier":"x"}""")).Is(409, "TooManyArguments");
        (await PostAsync("/documents", $$"""{"id":"{{UnknownId}}"}""")).Is(409, "InvalidArgument");
        (await PostAsync("/documents", """{"id":"xyz"}""")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task A_patch_with_an_identifier_moves_the_document_and_keeps_its_id()
    {
        var id = (await PostAsync("/documents", """{"identifier":"/a","metadata":{"path":"/a"}}""")).Str("id");
        await PostAsync("/documents", """{"identifier":"/taken"}""");
        (await SendAsync("PATCH", "/documents/identifier/%2Fa", """{"identifier":"/taken"}""")).Is(409, "InvalidArgument");
        (await SendAsync("PATCH", "/documents/identifier/%2Fa", """{"identifier":"/b","metadata":{"path":"/b"}}""")).Is(204);
        (await GetAsync("/documents/identifier/%2Fa")).Is(404, "ResourceNotFound");
        var moved = (await GetAsync("/documents/identifier/%2Fb/raw")).Is(200).Json;
        Assert.Equal((id, "/b"), (moved.GetProperty("id").GetString(), moved.GetProperty("identifier").GetString()));
        (await SendAsync("PATCH", "/documents/" + id, """{"identifier":"/c"}""", AdminBasic)).Is(204);
        (await GetAsync("/documents/identifier/%2Fb")).Is(200);
    }

    [Fact]
    public async Task Api_check_16_user_access_takes_tokens_and_hides_from_the_others()
    {
        var document = (await PostAsync("/documents", $$"""{"user_access":["{{Token}}"]}""")).Is(200).Json;
        Assert.Equal(
            [Id(Server.AdminUser)],
            document.GetProperty("user_access").EnumerateArray().Select(u => u.GetString()));
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        var path = "/documents/" + document.GetProperty("id").GetString();
        (await GetAsync(path, Basic(colleague.Email))).Is(404, "ResourceNotFound");
        (await GetAsync(path, AdminBasic)).Is(200);
        (await PostAsync("/documents", """{"user_access":["unknown-token"]}""")).Is(409, "InvalidArgument");
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        (await PostAsync("/documents", $$"""{"user_access":["{{stranger.Id}}"]}""")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Api_check_17_changes_answer_without_body_and_basic_is_refused()
    {
        var id = (await PostAsync("/documents", """{"metadata":{"a":1}}""")).Str("id");
        Assert.Empty((await SendAsync("PATCH", "/documents/" + id, """{"metadata":{"b":2}}""")).Is(204).Bytes);
        Assert.Equal("""{"a":1,"b":2}""", (await GetAsync($"/documents/{id}/raw")).Json.GetProperty("metadata").GetRawText());
        (await PostAsync("/documents/" + id, """{"metadata":{"a":null}}""")).Is(204);
        (await SendAsync("DELETE", "/documents/" + id, authorization: AdminBasic)).Is(401, "ForbiddenScheme");
        (await PostAsync("/documents", "{}", AdminBasic)).Is(401, "ForbiddenScheme");
        Assert.Empty((await SendAsync("DELETE", "/documents/" + id)).Is(204).Bytes);
        (await GetAsync("/documents/" + id)).Is(404, "ResourceNotFound");
        (await SendAsync("DELETE", "/documents/" + id)).Is(404, "ResourceNotFound");
    }

    [Theory]
    [InlineData("a/b(c)?d#é")]
    [InlineData("%2F")]
    [InlineData("a%2Fb")]
    [InlineData("+ plus & = ; :@")]
    [InlineData("日本/raw")]
    [InlineData("C:\\dir\\file.txt")]
    [InlineData("raw")]
    public async Task Api_check_18_an_encoded_identifier_works_on_every_route(string identifier)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(identifier);
        var id = (await PostAsync("/documents", $$"""{"identifier":{{json}}}""")).Is(200).Str("id");
        var path = "/documents/identifier/" + Uri.EscapeDataString(identifier);
        Assert.Equal(id, (await GetAsync(path + "/raw")).Is(200).Str("id"));
        Assert.Equal(identifier, (await GetAsync(path)).Is(200).Str("identifier"));
        (await SendAsync("PATCH", path, """{"metadata":{"a":1}}""")).Is(204);

        // A null source keeps the file: hydration may be over before it is asked for.
        var keep = $$"""{"identifier":{{json}},"source":null}""";
        (await SendAsync("PATCH", "/providers/documents", keep)).Is(204);
        (await SendAsync("POST", path + "/file", Multipart("content"u8.ToArray()))).Is(204);
        Assert.Equal("content", (await GetAsync(path + "/file/")).Is(200).Text);
        var (_, other) = await Server.AddTokenAsync(scopes: Scopes.All);
        foreach (var tail in new[] { "", "/raw", "/file" })
        {
            (await GetAsync(path + tail, "Bearer " + other)).Is(404, "ResourceNotFound");
        }

        (await SendAsync("DELETE", path)).Is(204);
        (await GetAsync(path)).Is(404, "ResourceNotFound");
    }

    [Fact]
    public async Task Api_check_19_a_file_needs_its_part()
    {
        var id = await PostKeepingFileAsync();
        var path = $"/documents/{id}/file";
        (await GetAsync(path)).Is(404, "ResourceNotFound");
        (await SendAsync("POST", path, Multipart(null, ("other", "x")))).Is(409, "MissingParameter");
        (await SendAsync("POST", path, "{}")).Is(409, "MissingParameter");
        (await SendAsync("POST", path, Multipart("first"u8.ToArray()))).Is(204);
        (await SendAsync("POST", path, Multipart("second"u8.ToArray()))).Is(204);
        var answer = (await GetAsync(path)).Is(200);
        Assert.Equal("second", answer.Text);
        Assert.Equal("application/octet-stream", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal(6, answer.ContentHeaders.ContentLength);
    }

    [Fact]
    public async Task A_truncated_upload_changes_nothing()
    {
        var id = await PostKeepingFileAsync();
        var path = $"/documents/{id}/file";
        (await SendAsync("POST", path, Multipart("whole"u8.ToArray()))).Is(204);
        var cut = new ByteArrayContent(Encoding.ASCII.GetBytes(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nhal"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        (await SendAsync("POST", path, cut)).Is(400, "BadRequest");
        Assert.Equal("whole", (await GetAsync(path)).Text);
    }

    [Fact]
    public async Task Forms_and_multipart_bodies_say_the_same_as_JSON()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["identifier"] = "form",
            ["metadata"] = """{"title":"é & ü","n":{"a":[1]}}""",
            ["creation_date"] = "2014-01-02",
            ["user_access"] = Token,
        });
        var byForm = (await SendAsync("POST", "/documents", form)).Is(200).Json;
        Assert.Equal("""{"title":"é & ü","n":{"a":[1]}}""", byForm.GetProperty("metadata").GetRawText());
        Assert.Equal(1, byForm.GetProperty("user_access").GetArrayLength());
        Assert.Equal("2014-01-02T00:00:00.000Z", byForm.GetProperty("creation_date").GetString());
        var byParts = (await SendAsync("POST", "/documents", Multipart(null, ("identifier", "form"), ("metadata", """{"b":true}""")))).Is(200).Json;
        Assert.Equal(byForm.GetProperty("id").GetString(), byParts.GetProperty("id").GetString());
        Assert.True(byParts.GetProperty("metadata").GetProperty("b").GetBoolean());
        (await SendAsync("POST", "/documents", Multipart(null, ("metadata", "{bad")))).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Who_may_change_a_document_by_id()
    {
        var id = (await PostAsync("/documents", """{"metadata":{"a":1}}""")).Str("id");
        var (_, other) = await Server.AddTokenAsync(scopes: Scopes.All);
        (await SendAsync("PATCH", "/documents/" + id, "{}", "Bearer " + other)).Is(403, "Forbidden");
        (await SendAsync("DELETE", "/documents/" + id, null, "Bearer " + other)).Is(403, "Forbidden");
        (await PostAsync("/documents", $$"""{"id":"{{id}}"}""", "Bearer " + other)).Is(403, "Forbidden");
        (await SendAsync("POST", $"/documents/{id}/file", Multipart([1]), "Bearer " + other)).Is(403, "Forbidden");
        (await SendAsync("PATCH", "/documents/" + id, """{"metadata":{"b":1}}""", AdminBasic)).Is(204);
        (await SendAsync("PATCH", "/documents/" + id, """{"user_access":[]}""")).Is(204);
        (await SendAsync("PATCH", "/documents/" + id, "{}", "Bearer " + other)).Is(404, "ResourceNotFound");
        (await PostAsync("/documents", $$"""{"id":"{{id}}"}""", "Bearer " + other)).Is(409, "InvalidArgument");
        (await GetAsync("/documents/" + id)).Is(404, "ResourceNotFound");
        (await SendAsync("PATCH", "/documents/" + id, """{"user_access":null}""")).Is(204);
        Assert.Equal(id, (await PostAsync("/documents", $$$"""{"id":"{{{id}}}","metadata":{"c":1}}""")).Is(200).Str("id"));
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        (await GetAsync("/documents/" + id, Basic(stranger.Email))).Is(404, "ResourceNotFound");
    }

    [Fact]
    public async Task Related_documents_may_appear_later()
    {
        var first = (await PostAsync("/documents", """{"identifier":"a","related":["b"],"metadata":{"title":"A"}}""")).Is(200);
        Assert.Equal(0, first.Json.GetProperty("related").GetArrayLength());
        var second = (await PostAsync("/documents", """{"identifier":"b","metadata":{"title":"B"}}""")).Str("id");
        var raw = (await GetAsync($"/documents/{first.Str("id")}/raw")).Json;
        Assert.Equal(second, raw.GetProperty("related")[0].GetString());
        var full = (await GetAsync("/documents/" + first.Str("id"))).Json;
        Assert.Equal("B", full.GetProperty("related")[0].GetProperty("data").GetProperty("title").GetString());
        Assert.Equal("A", full.GetProperty("title").GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_full_view_is_sanitised_and_can_be_rendered()
    {
        var id = (await PostAsync("/documents", """
            {"document_type":"document","metadata":{"title":"<b>T</b>"},
             "data":{"html":"<p onclick=x()>Hello <script>alert(1)</script><img src=http://spy/></p>"}}
            """)).Str("id");
        var full = (await GetAsync("/documents/" + id)).Is(200).Json;
        Assert.Equal("<p>Hello </p>", full.GetProperty("data").GetProperty("content").GetString());
        Assert.Equal("&lt;b&gt;T&lt;/b&gt;", full.GetProperty("data").GetProperty("title").GetString());
        Assert.Equal(
            ["title", "full"],
            full.GetProperty("document_type").GetProperty("templates").EnumerateObject().Select(p => p.Name));
        var rendered = (await GetAsync($"/documents/{id}?render_templates=1")).Json;
        Assert.False(rendered.TryGetProperty("data", out _));
        Assert.StartsWith(
            "<article class=\"anyfetch-document-full anyfetch-type-document\">",
            rendered.GetProperty("rendered_full").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("&lt;b&gt;T&lt;/b&gt;", rendered.GetProperty("rendered_title").GetString());
    }

    [Fact]
    public async Task Api_check_34_a_secure_company_takes_writes_of_trusted_clients_only()
    {
        var id = (await PostAsync("/documents", "{}")).Str("id");
        (await SendAsync("PATCH", "/company", """{"secure":"1"}""", AdminBasic)).Is(200);
        (await PostAsync("/documents", "{}")).Is(403, "InsecureOperation");
        (await SendAsync("PATCH", "/documents/" + id, "{}")).Is(403, "InsecureOperation");
        (await SendAsync("POST", $"/documents/{id}/file", Multipart([1]))).Is(403, "InsecureOperation");
        (await SendAsync("PATCH", "/documents/" + id, "{}", AdminBasic)).Is(403, "InsecureOperation");
        (await GetAsync("/documents/" + id)).Is(200);
        var (_, trusted) = await Server.AddTokenAsync(scopes: Scopes.All, isTrusted: true);
        (await PostAsync("/documents", "{}", "Bearer " + trusted)).Is(200);
        (await SendAsync("DELETE", "/documents/" + id)).Is(204);
        Assert.True((await Server.Get<ICompanyStore>().FindAsync(Server.AdminUser.Company, default))!.IsSecure);
    }

    [Theory]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", "\"x\"")]
    [InlineData("data", "1")]
    [InlineData("creation_date", "\"yesterday\"")]
    [InlineData("actions", "{\"show\":1}")]
    [InlineData("identifier", "5")]
    [InlineData("identifier", "\"nul\\u0000\"")]
    [InlineData("user_access", "\"x\"")]
    [InlineData("related", "{}")]
    public async Task A_wrong_value_is_409_and_changes_nothing(string key, string value)
    {
        (await PostAsync("/documents", """{"identifier":"keep","metadata":{"a":1}}""")).Is(200);
        (await SendAsync("PATCH", "/documents/identifier/keep", $$$"""{"metadata":{"a":2},"{{{key}}}":{{{value}}}}"""))
            .Is(409, "InvalidArgument");
        Assert.Equal("""{"a":1}""", (await GetAsync("/documents/identifier/keep/raw")).Json.GetProperty("metadata").GetRawText());
    }

    /// <summary>A null source keeps the file: hydration may be over before it is asked for.</summary>
    private async Task<string> PostKeepingFileAsync() =>
        (await PostAsync("/providers/documents", """{"identifier":"kept","source":null}""")).Is(200).Str("id");
}

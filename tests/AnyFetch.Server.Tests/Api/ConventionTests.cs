using System.Net;
using System.Net.Sockets;
using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Api;

/// <summary>What holds on every route: credentials, CORS, verbs, slashes, malformed requests (api.md §1, §2).</summary>
public sealed class ConventionTests : ApiTest
{
    [Fact]
    public async Task Api_check_1_status_needs_no_credentials()
    {
        Assert.Equal("ok", (await GetAsync("/status", null)).Is(200).Str("status"));
        (await GetAsync("/status", "Bearer nope")).Is(401, "InvalidCredentials");
    }

    [Fact]
    public async Task Api_check_2_index_needs_credentials()
    {
        var missing = (await GetAsync("/", null)).Is(401, "Unauthorized");
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.Single().Scheme);
        (await GetAsync("/", "Bearer bogus")).Is(401, "InvalidCredentials");
        (await GetAsync("/", "Bearer ")).Is(401, "InvalidCredentials");
        (await GetAsync("/", "Bearer " + new string('a', 9000))).Is(401, "InvalidCredentials");
    }

    [Fact]
    public async Task Api_checks_3_and_4_index_has_twelve_keys_whatever_carries_the_token()
    {
        var (_, secret) = await Server.AddTokenAsync(scopes: Scopes.None);
        var byHeader = (await GetAsync("/", "Bearer " + secret)).Is(200).Json;
        var byQuery = (await GetAsync("/?oauth_access_token=" + secret, null)).Is(200).Json;
        Assert.Equal(12, byHeader.EnumerateObject().Count());
        foreach (var property in byHeader.EnumerateObject().Where(p => p.Name != "server_time"))
        {
            Assert.Equal(property.Value.GetString(), byQuery.GetProperty(property.Name).GetString());
        }

        Assert.Equal(Server.Url + "documents/", byHeader.GetProperty("documents_url").GetString());
    }

    [Theory]
    [InlineData("/", "/app")]
    [InlineData("/providers", "/manager")]
    public async Task A_browser_without_credentials_is_sent_to_the_page_for_people(string path, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Url, path));
        request.Headers.Add("Accept", "text/html,*/*");
        using var response = await Server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(page, response.Headers.Location!.OriginalString);

        using var known = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Url, path));
        known.Headers.Add("Accept", "text/html,*/*");
        known.Headers.TryAddWithoutValidation("Authorization", AdminBasic);
        using var answer = await Server.Http.SendAsync(known);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Api_checks_5_and_6_the_basic_token_is_stable_until_it_is_deleted()
    {
        var first = (await GetAsync("/token", AdminBasic)).Is(200).Str("token");
        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, (await GetAsync("/token", AdminBasic)).Str("token"));
        (await GetAsync("/token", "Bearer " + first)).Is(401, "ForbiddenScheme");
        (await GetAsync("/", "Bearer " + first)).Is(200);
        (await SendAsync("DELETE", "/token", authorization: AdminBasic)).Is(204);
        (await GetAsync("/", "Bearer " + first)).Is(401, "InvalidCredentials");
        Assert.NotEqual(first, (await GetAsync("/token", AdminBasic)).Str("token"));
    }

    [Theory]
    [InlineData("GET", "/status")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/nowhere")]
    [InlineData("PUT", "/documents")]
    [InlineData("GET", "/documents/xyz")]
    [InlineData("OPTIONS", "/documents")]
    [InlineData("POST", "/documents")]
    public async Task Api_check_7_every_answer_carries_the_CORS_headers(string method, string path)
    {
        foreach (var authorization in new[] { null, "" })
        {
            var answer = await SendAsync(method, path, authorization: authorization);
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal("true", answer.Headers.GetValues("Access-Control-Allow-Credentials").Single());
            Assert.Equal(
                "GET, POST, PUT, PATCH, DELETE, OPTIONS",
                answer.Headers.GetValues("Access-Control-Allow-Methods").Single());
            Assert.Contains(
                "Authorization",
                answer.Headers.GetValues("Access-Control-Allow-Headers").Single(),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/documents", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/documents/identifier/a%2Fb/file", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/providers/documents", "DELETE, PATCH, POST, OPTIONS")]
    public async Task Options_needs_no_credentials_and_tells_the_verbs(string path, string allow)
    {
        var answer = (await SendAsync("OPTIONS", path, authorization: null)).Is(204);
        Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow));
    }

    [Fact]
    public async Task Api_check_8_head_is_a_get_without_body()
    {
        var get = (await GetAsync("/document_types")).Is(200);
        var head = (await SendAsync("HEAD", "/document_types")).Is(200);
        Assert.Empty(head.Bytes);
        Assert.Equal(get.ContentHeaders.ContentLength, head.ContentHeaders.ContentLength);
        (await SendAsync("HEAD", "/documents")).Is(200);
    }

    [Fact]
    public async Task Api_check_9_put_is_no_verb_of_any_path()
    {
        (await SendAsync("PUT", "/documents", "{}")).Is(405, "MethodNotAllowed");
        (await GetAsync("/nowhere")).Is(404, "NotFound");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"identifier\": \"x\" ")]
    [InlineData("{\"metadata\": {\"a\": \"\\ud800\"}}")]
    [InlineData("{} trailing")]
    public async Task Api_check_10_malformed_JSON_is_400(string body)
    {
        (await PostAsync("/documents", body)).Is(400, "BadRequest");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_400()
    {
        var body = new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        (await SendAsync("POST", "/documents", body)).Is(400, "BadRequest");
    }

    [Fact]
    public async Task Ten_megabytes_of_nested_JSON_are_400()
    {
        var body = "{\"metadata\":" + string.Concat(Enumerable.Repeat("{\"a\":", 2_000_000));
        (await PostAsync("/documents", body)).Is(400, "BadRequest");
    }

    [Fact]
    public async Task Auth_check_2_an_unknown_scheme_is_401_Unauthorized() =>
        (await GetAsync("/", "Digest username=x")).Is(401, "Unauthorized");

    [Fact]
    public async Task Auth_check_3_wrong_password_and_unknown_address_look_the_same()
    {
        var wrong = (await GetAsync("/", Basic(TestServer.AdminEmail, "wrong"))).Is(401, "InvalidCredentials");
        var unknown = (await GetAsync("/", Basic("nobody@example.org", "wrong"))).Is(401, "InvalidCredentials");
        Assert.Equal(wrong.Text, unknown.Text);
        (await GetAsync("/", "Basic !!!")).Is(401, "InvalidCredentials");
    }

    [Fact]
    public async Task Auth_checks_1_and_4_basic_bearer_and_query_are_the_same_user()
    {
        (await SendAsync("PATCH", "/user", """{"password":"with:colon:"}""")).Is(200);
        var basic = (await GetAsync("/", Basic(TestServer.AdminEmail, "with:colon:"))).Is(200).Str("user_id");
        Assert.Equal(basic, (await GetAsync("/")).Str("user_id"));
        Assert.Equal(basic, (await GetAsync("/?oauth_access_token=" + Token, null)).Str("user_id"));
        (await GetAsync("/", AdminBasic)).Is(401, "InvalidCredentials");
    }

    [Fact]
    public async Task The_header_wins_over_the_query() =>
        (await GetAsync("/?oauth_access_token=" + Token, "Bearer bogus")).Is(401, "InvalidCredentials");

    [Fact]
    public async Task Auth_check_6_a_token_does_what_its_scopes_say()
    {
        var (_, secret) = await Server.AddTokenAsync(scopes: Scopes.ReadDocuments);
        var bearer = "Bearer " + secret;
        (await GetAsync("/documents", bearer)).Is(200);
        (await PostAsync("/documents", "{}", bearer)).Is(403, "MissingScope");
        (await GetAsync("/providers", bearer)).Is(403, "MissingScope");
        (await GetAsync("/", bearer)).Is(200);
    }

    [Fact]
    public async Task Auth_check_7_a_scope_grants_no_administration()
    {
        var user = await Server.AddUserAsync("member@example.org");
        var (_, secret) = await Server.AddTokenAsync(user, Scopes.All);
        const string Body = """{"email":"x@example.org","name":"x","password":"x"}""";
        (await PostAsync("/users", Body, "Bearer " + secret)).Is(403, "Forbidden");
    }

    [Theory]
    [InlineData("/status/")]
    [InlineData("/documents/")]
    [InlineData("/document_types/")]
    [InlineData("/document_types/5252ce4ce4cfcd16f55cfa3b/")]
    [InlineData("/user/")]
    [InlineData("/users/")]
    [InlineData("/company/")]
    [InlineData("/providers/")]
    [InlineData("/hydraters/")]
    public async Task Api_check_43_a_trailing_slash_means_nothing(string path) => (await GetAsync(path)).Is(200);

    [Fact]
    public async Task Api_check_41_fields_narrow_the_answer()
    {
        var all = (await GetAsync("/document_types?fields=")).Json;
        Assert.True(all[0].TryGetProperty("projections", out _));
        var ids = (await GetAsync("/document_types?fields=id,%20name")).Json;
        Assert.Equal(["id", "name"], ids[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("{\"count\":0,\"data\":[]}".Length, (await GetAsync("/documents?fields=data.,count")).Bytes.Length);
        (await GetAsync("/documents/xyz?fields=nothing")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task A_request_that_is_no_HTTP_gets_no_crash()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GARBAGE\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Contains("400", await reader.ReadLineAsync(), StringComparison.Ordinal);
        (await GetAsync("/status", null)).Is(200);
    }
}

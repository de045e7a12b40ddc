using System.Net;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Server.Tests.Api;

/// <summary>The batch door: <c>POST /batch</c> and <c>GET /batch/state</c>.</summary>
public sealed class PageTests(PageTests.Shared shared) : IClassFixture<PageTests.Shared>
{
    private Task<PageCaller> CallerAsync(Scopes scopes = Scopes.All) => shared.NewCallerAsync(scopes);

    [Fact]
    public async Task A_page_makes_documents_and_deletions_at_once()
    {
        var caller = await CallerAsync();
        (await caller.PageAsync("p1", Document("a", "first"), Document("b", "second"), """{"delete":"never"}"""))
            .Is(200, created: 2, missing: 1);
        var id = (await caller.RawAsync("a")).GetProperty("id").GetString();

        var text = """{"document":{"identifier":"a","metadata":{"colour":"red"}}}""" + "\r\n\n" + """{"delete":"b"}""";
        (await caller.PageAsync("p2", text)).Is(200, updated: 1, deleted: 1);
        var stored = await caller.RawAsync("a");
        Assert.Equal((id, "first", "red"), (
            stored.GetProperty("id").GetString(),
            stored.GetProperty("metadata").GetProperty("title").GetString(),
            stored.GetProperty("metadata").GetProperty("colour").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await caller.SendAsync("GET", "/documents/identifier/b/raw")).Status);
    }

    [Theory]
    [InlineData("""{"document":{"document_type":"nonsense"}}""", 409, "InvalidArgument")]
    [InlineData("""{"document":{"user_access":["0123456789abcdef01234567"]}}""", 409, "InvalidArgument")]
    [InlineData("""{"document":{"id":"0123456789abcdef01234567"}}""", 409, "InvalidArgument")]
    [InlineData("""{"document":{"id":"0123456789abcdef01234567","identifier":"x"}}""", 409, "TooManyArguments")]
    [InlineData("""{"document":{"identifier":"a"}}""", 409, "InvalidArgument")]
    [InlineData("""{"delete":"a"}""", 409, "InvalidArgument")]
    [InlineData("""{"delete":""}""", 409, "InvalidArgument")]
    [InlineData("""{"delete":7}""", 409, "InvalidArgument")]
    [InlineData("""{"failure":{"message":"no code"}}""", 409, "InvalidArgument")]
    [InlineData("""{"failure":[]}""", 409, "InvalidArgument")]
    [InlineData("""{"checkpoint":7}""", 409, "InvalidArgument")]
    [InlineData("""{"document":[]}""", 400, "BadRequest")]
    [InlineData("""{"document":{}""", 400, "BadRequest")]
    [InlineData("""{"document":{},"delete":"b"}""", 400, "BadRequest")]
    [InlineData("""{"patch":{}}""", 400, "BadRequest")]
    [InlineData("{}", 400, "BadRequest")]
    [InlineData("[]", 400, "BadRequest")]
    [InlineData("""{"delete":"b"} {"delete":"c"}""", 400, "BadRequest")]
    [InlineData("""{"\ud800":"b"}""", 400, "BadRequest")]
    [InlineData("""{"delete":"\ud800"}""", 400, "BadRequest")]
    public async Task A_line_that_is_refused_refuses_the_page_and_is_named(string line, int status, string code)
    {
        var caller = await CallerAsync();
        var answer = await caller.PageAsync("p", Document("a", "x"), """{"checkpoint":"c"}""", "", line, Document("z", "x"));
        Assert.Equal((status, code), ((int)answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.StartsWith("Line 4: ", answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.SendAsync("GET", "/documents/identifier/a/raw")).Status);
        Assert.Equal(0, (await caller.StateAsync()).GetProperty("pages").GetInt64());
    }

    [Fact]
    public async Task A_document_named_once_by_id_and_once_by_identifier_is_twice_in_the_page()
    {
        var caller = await CallerAsync();
        await caller.PageAsync("p1", Document("a", "x"));
        var id = (await caller.RawAsync("a")).GetProperty("id").GetString();
        var answer = await caller.PageAsync("p2", $$$"""{"document":{"id":"{{{id}}}"}}""", """{"delete":"a"}""");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.StartsWith("Line 2: ", answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_comes_again_gets_the_first_answer_and_changes_nothing()
    {
        var caller = await CallerAsync();
        string[] lines = [Document("a", "x"), """{"failure":{"code":"Broken"}}""", """{"checkpoint":"c1"}"""];
        var first = (await caller.PageAsync("p1", lines)).Is(200, created: 1, failures: 1);
        Assert.False(first.IsReplayed);
        await caller.SendAsync("DELETE", "/documents/identifier/a");

        var again = (await caller.PageAsync("p1", lines)).Is(200, created: 1, failures: 1);
        Assert.True(again.IsReplayed);
        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await caller.SendAsync("GET", "/documents/identifier/a/raw")).Status);
        Assert.Equal(1, (await caller.StateAsync()).GetProperty("pages").GetInt64());

        var other = await caller.PageAsync("p1", Document("a", "y"));
        Assert.Equal((HttpStatusCode.Conflict, "InvalidArgument"), (other.Status, other.Json.GetProperty("code").GetString()));
        (await (await CallerAsync()).PageAsync("p1", lines)).Is(200, created: 1, failures: 1);
    }

    [Fact]
    public async Task Pages_sent_at_the_same_time_under_one_key_are_made_once()
    {
        var caller = await CallerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => caller.PageAsync("p1", Document("a", "x"))));
        Assert.All(answers, answer => answer.Is(200, created: 1));
        Assert.Single(answers, answer => !answer.IsReplayed);
    }

    [Fact]
    public async Task The_state_tells_the_checkpoint_and_the_failures_that_were_not_mended_since()
    {
        var caller = await CallerAsync();
        Assert.Equal("""{"checkpoint":null,"pages":0,"updated":null,"failures":[]}""", (await caller.StateAsync()).GetRawText());
        await caller.PageAsync(
            "p1", """{"checkpoint":"c1"}""", """{"failure":{"identifier":"a","title":"A","code":"Unreadable","message":"m"}}""",
            """{"failure":{"identifier":"b","code":"Unreadable"}}""", """{"failure":{"code":"Listing"}}""");
        await caller.PageAsync("p2", Document("a", "x"), """{"failure":{"code":"Listing","message":"again"}}""");
        var state = await caller.StateAsync();
        Assert.Equal(("c1", 2), (state.GetProperty("checkpoint").GetString(), state.GetProperty("pages").GetInt32()));
        Assert.Equal(
            ["b Unreadable ", " Listing again"],
            state.GetProperty("failures").EnumerateArray().Select(failure =>
                $"{failure.GetProperty("identifier")} {failure.GetProperty("code")} {failure.GetProperty("message")}"));

        await caller.PageAsync("p3", """{"checkpoint":null}""", """{"delete":"b"}""");
        Assert.Equal(JsonValueKind.Null, (await caller.StateAsync()).GetProperty("checkpoint").ValueKind);
        await caller.PageAsync("p4", """{"checkpoint":"c4"}""");
        Assert.Equal(HttpStatusCode.NoContent, (await caller.SendAsync("DELETE", $"/providers/{caller.Provider}/reset")).Status);
        Assert.Equal(0, (await caller.StateAsync()).GetProperty("pages").GetInt64());
    }

    [Fact]
    public async Task Deletions_need_their_own_scope_and_every_page_needs_a_key()
    {
        var caller = await CallerAsync(Scopes.WriteDocuments);
        (await caller.PageAsync("p1", Document("a", "x"))).Is(200, created: 1);
        var refused = await caller.PageAsync("p2", """{"delete":"a"}""");
        Assert.Equal((HttpStatusCode.Forbidden, "MissingScope"), (refused.Status, refused.Json.GetProperty("code").GetString()));
        foreach (var (path, code) in new[]
        {
            ("/batch", "MissingParameter"), ("/batch?key=", "MissingParameter"), ("/batch?key=a%0Ab", "InvalidArgument"),
            ("/batch?key=" + new string('k', 129), "InvalidArgument"),
        })
        {
            var answer = await caller.SendAsync("POST", path, Document("a", "x"));
            Assert.Equal((HttpStatusCode.Conflict, code), (answer.Status, answer.Json.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Pages_are_bounded_in_bytes_in_lines_and_in_the_length_of_a_line()
    {
        var caller = await CallerAsync();
        var few = string.Join('\n', Enumerable.Repeat("", 20));
        Assert.Equal(HttpStatusCode.OK, (await caller.PageAsync("lines", few)).Status);
        foreach (var body in new[]
        {
            new string('\n', 21), Document("a", new string('x', 3000)),
            string.Join('\n', Enumerable.Range(0, 10).Select(n => Document($"{n}", new string('x', 1000)))),
        })
        {
            var answer = await caller.PageAsync("p", body);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
            var chunked = await caller.SendAsync("POST", "/batch?key=q", body, isChunked: true);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.Status);
        }

        Assert.Equal(0, (await caller.StateAsync()).GetProperty("failures").GetArrayLength());
    }

    private static string Document(string identifier, string title) =>
        "{\"document\":" + $$$"""{"identifier":"{{{identifier}}}","metadata":{"title":"{{{title}}}"}}""" + "}";

    /// <summary>One server for all of them, with small bounds.</summary>
    public sealed class Shared : ApiTest
    {
        internal async Task<PageCaller> NewCallerAsync(Scopes scopes)
        {
            var user = await Server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
            var (token, secret) = await Server.AddTokenAsync(user, scopes: scopes);
            return new PageCaller(Server.Url, Server.Http, token.Id.ToString(), secret);
        }

        protected override Task<Servers.TestServer> NewServerAsync() => StartServerAsync(
            ("Api:PageBytesMax", "8192"), ("Api:PageLineBytesMax", "2048"), ("Api:PageLinesMax", "20"));
    }
}

/// <summary>A provider that sends pages.</summary>
internal sealed record PageCaller(Uri Url, HttpClient Http, string Provider, string Token)
{
    public Task<PageAnswer> PageAsync(string key, params string[] lines) =>
        SendAsync("POST", "/batch?key=" + key, string.Join('\n', lines));

    public async Task<JsonElement> StateAsync() => (await SendAsync("GET", "/batch/state")).Json;

    public async Task<JsonElement> RawAsync(string identifier) =>
        (await SendAsync("GET", $"/documents/identifier/{identifier}/raw")).Json;

    public async Task<PageAnswer> SendAsync(string method, string path, string? body = null, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        request.Headers.Authorization = new("Bearer", Token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsByteArrayAsync();
        return new PageAnswer(
            response.StatusCode,
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement,
            response.Headers.Contains("Idempotency-Replayed"));
    }
}

/// <summary>What came back.</summary>
internal sealed record PageAnswer(HttpStatusCode Status, JsonElement Json, bool IsReplayed)
{
    public PageAnswer Is(int status, int created = 0, int updated = 0, int deleted = 0, int missing = 0, int failures = 0)
    {
        Assert.True((int)Status == status, Json.GetRawText());
        Assert.Equal(
            (created, updated, deleted, missing, failures),
            (Number("created"), Number("updated"), Number("deleted"), Number("missing"), Number("failures")));
        return this;
    }

    private int Number(string name) => Json.GetProperty(name).GetInt32();
}

using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Client;

public sealed class ClientTests
{
    private static AnyFetchClient Open(Canned server, AnyFetchClientOptions? options = null) =>
        new(new Uri(server.Url), AnyFetchCredentials.Bearer("T"), options ?? new() { RetryDelayMilliseconds = 1 });

    [Fact]
    public async Task A_search_sends_every_parameter_percent_encoded()
    {
        await using var server = await Canned.StartAsync(_ => (200, """{"data":[],"count":0,"max_score":null}"""));
        var page = await Open(server).Documents.SearchAsync(
            new DocumentSearch
            {
                Search = "a&b \"ü\"",
                After = new DateTimeOffset(2014, 3, 21, 17, 0, 0, TimeSpan.FromHours(1)),
                Ids = ["1", "2"],
                DocumentTypes = ["t"],
                Providers = ["p"],
                Matching = new Dictionary<string, string> { ["name"] = "john" },
                Having = ["location"],
                SnippetSize = 50,
                Start = 2,
                Limit = 0,
                Sort = "-creationDate",
                RenderTemplates = true,
                Strict = false,
                Fields = "count",
            },
            CancellationToken.None);
        Assert.Equal((0, null), (page.Count, page.MaxScore));
        Assert.Equal(
            "/documents?search=a%26b%20%22%C3%BC%22&after=2014-03-21T16%3A00%3A00.000Z&id=1&id=2&document_type=t&provider=p"
            + "&%40name=john&has_location=1&snippet_size=50&start=2&limit=0&sort=-creationDate&render_templates=true"
            + "&strict=false&fields=count",
            Assert.Single(server.Targets));
    }

    [Fact]
    public async Task All_pages_are_followed_as_they_are_read()
    {
        await using var server = await Canned.StartAsync(target =>
        {
            var start = int.Parse(System.Web.HttpUtility.ParseQueryString(target.Split('?')[1])["start"]!, null);
            var hits = Enumerable.Range(start, Math.Min(2, 5 - start)).Select(i => $$"""{"id":"{{i}}"}""");
            return (200, $$"""{"data":[{{string.Join(',', hits)}}],"count":5}""");
        });
        var ids = new List<string>();
        await foreach (var hit in Open(server).Documents.SearchAllAsync(new DocumentSearch { Limit = 2 }, CancellationToken.None))
        {
            ids.Add(hit.Id);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], ids);
        Assert.Equal(3, server.Targets.Count);
    }

    [Theory]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("(x)?#&=%41", "%28x%29%3F%23%26%3D%2541")]
    [InlineData("local://h/ü", "local%3A%2F%2Fh%2F%C3%BC")]
    [InlineData("../../etc", "..%2F..%2Fetc")]
    public async Task An_identifier_travels_whole_whatever_it_holds(string identifier, string encoded)
    {
        await using var server = await Canned.StartAsync(_ => (204, ""));
        await Open(server).Documents.DeleteAsync(DocumentRef.ByIdentifier(identifier), CancellationToken.None);
        Assert.Equal("/documents/identifier/" + encoded, Assert.Single(server.Targets));
    }

    [Fact]
    public async Task A_refusal_has_its_status_code_and_message()
    {
        await using var server = await Canned.StartAsync(_ => (404, """{"code":"ResourceNotFound","message":"No such document."}"""));
        var refusal = await Assert.ThrowsAsync<AnyFetchException>(
            () => Open(server).Documents.GetAsync(DocumentRef.ById("0123"), CancellationToken.None));
        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFound", "No such document."), (refusal.Status, refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_refusal_that_is_no_json_is_still_a_refusal()
    {
        await using var server = await Canned.StartAsync(_ => (502, "<html>Bad gateway</html>"));
        var refusal = await Assert.ThrowsAsync<AnyFetchException>(() => Open(server).GetIndexAsync(CancellationToken.None));
        Assert.Equal((HttpStatusCode.BadGateway, ""), (refusal.Status, refusal.Code));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("Thu, 01 Jan 2026 00:00:07 GMT")]
    public async Task Retry_after_is_waited_for_in_seconds_or_as_a_date(string retryAfter)
    {
        var time = new ManualTimeProvider();
        var calls = 0;
        await using var server = await Canned.StartAsync(
            _ => Interlocked.Increment(ref calls) == 1 ? (429, "{}") : (200, """{"status":"ok"}"""), retryAfter);
        var call = Open(server, new() { TimeProvider = time }).GetStatusAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromSeconds(7)));
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("ok", (await call.WaitAsync(TimeSpan.FromSeconds(60))).Status);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Attempts_are_bounded_and_a_longer_wait_than_allowed_fails_at_once_with_its_length()
    {
        await using var busy = await Canned.StartAsync(_ => (503, "{}"));
        await Assert.ThrowsAsync<AnyFetchException>(() => Open(busy).GetIndexAsync(CancellationToken.None));
        Assert.Equal(5, busy.Targets.Count);

        await using var patient = await Canned.StartAsync(_ => (429, "{}"), "3600");
        var refusal = await Assert.ThrowsAsync<AnyFetchException>(() => Open(patient).GetIndexAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromHours(1), refusal.RetryAfter);
        Assert.Single(patient.Targets);
    }

    [Fact]
    public async Task A_broken_connection_is_retried_only_when_the_call_may_be_sent_twice()
    {
        await using var server = await Canned.StartAsync(_ => (-1, ""));
        var client = Open(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Documents.PostAsync(new DocumentDraft(), CancellationToken.None));
        Assert.Single(server.Targets);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Documents.PostAsync(
            new DocumentDraft { Identifier = "i" }, CancellationToken.None));
        Assert.Equal(6, server.Targets.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_travels_with_known_and_with_unknown_length(bool known)
    {
        await using var platform = await FakePlatform.StartAsync();
        var client = new AnyFetchClient(new Uri(platform.Url), AnyFetchCredentials.Bearer("T"));
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);
        await client.Documents.UploadFileAsync(
            DocumentRef.ByIdentifier("a b"),
            new DocumentFile
            {
                Name = "naïve \"q\".txt",
                Length = known ? bytes.Length : null,
                Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)),
            },
            CancellationToken.None);
        Assert.Equal(bytes, Assert.Single(platform.Files).Value);
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_announced_fails_instead_of_being_stored_torn()
    {
        await using var platform = await FakePlatform.StartAsync();
        var client = new AnyFetchClient(
            new Uri(platform.Url), AnyFetchCredentials.Bearer("T"), new AnyFetchClientOptions { RetriesMax = 0 });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Documents.UploadFileAsync(
            DocumentRef.ByIdentifier("a"),
            new DocumentFile { Length = 100, Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[50])) },
            CancellationToken.None));
        Assert.Empty(platform.Files);
    }

    [Fact]
    public async Task A_draft_sends_only_what_it_holds()
    {
        await using var platform = await FakePlatform.StartAsync();
        var client = new AnyFetchClient(new Uri(platform.Url), AnyFetchCredentials.Bearer("T"));
        await client.Documents.PostAsync(
            new DocumentDraft
            {
                Identifier = "i",
                Metadata = new JsonObject { ["title"] = "T", ["old"] = null },
                CreationDate = new DateTimeOffset(2014, 3, 21, 16, 15, 4, 813, TimeSpan.Zero),
                OpenToCompany = true,
                Related = ["x"],
            },
            CancellationToken.None);
        Assert.Equal(
            """{"identifier":"i","creation_date":"2014-03-21T16:15:04.813Z","metadata":{"title":"T","old":null},"related":["x"],"user_access":null}""",
            Assert.Single(platform.Calls).Json!.ToJsonString());
    }

    [Fact]
    public async Task A_batch_with_a_failing_page_still_gives_the_others()
    {
        await using var server = await Canned.StartAsync(
            _ => (404, """{"/":{"user_id":"u"},"/nope":{"code":"ResourceNotFound"},"errored":"/nope"}"""));
        var result = await Open(server).BatchAsync(["/", "/nope"], CancellationToken.None);
        Assert.Equal((HttpStatusCode.NotFound, "/nope"), (result.Status, result.Errored));
        Assert.Equal("u", result.Pages["/"].GetProperty("user_id").GetString());
        Assert.Equal("/batch?pages=%2F&pages=%2Fnope", Assert.Single(server.Targets));
    }

    [Fact]
    public void Credentials_never_print_their_secret()
    {
        Assert.Equal("Bearer", AnyFetchCredentials.Bearer("secret").ToString());
        Assert.Equal("Basic", AnyFetchCredentials.Basic("a@b.test", "pa:ss").ToString());
    }
}

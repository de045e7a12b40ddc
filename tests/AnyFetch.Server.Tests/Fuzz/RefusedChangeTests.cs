using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Feed;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// Changes that are right but for one thing: each is refused whole. The document, its file, its hydration and what a
/// search finds stay as they were, and the feed tells of no change.
/// </summary>
public sealed class RefusedChangeTests : IAsyncLifetime
{
    private const int ChangesPerKind = 60;

    private static readonly (string Name, string Json)[] s_good =
    [
        ("metadata", """{"title":"changed","okapi":null}"""), ("data", """{"html":"<p>changed</p>"}"""),
        ("document_type", "\"email\""), ("creation_date", "\"2001-01-01\""), ("modification_date", "\"2002-02-02\""),
        ("actions", """{"show":"http://changed.example/"}"""), ("related", """["changed"]"""), ("user_access", "null"),
        ("x", "\"ignored\""),
    ];

    private static readonly (string Name, string Json)[] s_faults =
    [
        ("metadata", "[]"), ("metadata", "\"text\""), ("metadata", """{"t":"\ud800"}"""), ("metadata", """{"t":"""),
        ("data", "7"), ("document_type", "\"dream\""), ("document_type", "{}"), ("creation_date", "\"yesterday\""),
        ("creation_date", "[]"), ("modification_date", "\"2014-02-30\""), ("actions", "\"x\""), ("actions", """{"show":7}"""),
        ("related", "{}"), ("related", "[7]"), ("user_access", "[\"nobody\"]"), ("user_access", "[\"0123456789abcdef01234567\"]"),
        ("user_access", "7"),
    ];

    private static readonly (string Name, string Json)[] s_legacyFaults =
    [
        ("metadatas", "[]"), ("metadatas", "\"text\""), ("actions", """[{"type":"show"}]"""), ("actions", """[{"type":"a","url":7}]"""),
        ("creation_date", "\"yesterday\""), ("update_date", "\"\\ud800\""), ("user_access", "[\"nobody\"]"), ("source", "[]"),
    ];

    private TestServer _server = null!;
    private string _own = "";
    private string _other = "";
    private string _reader = "";
    private string _id = "";

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        (_, _own) = await _server.AddTokenAsync(scopes: Scopes.All);
        (_, _other) = await _server.AddTokenAsync(scopes: Scopes.All);
        (_, _reader) = await _server.AddTokenAsync(scopes: Scopes.ReadDocuments);
        using var form = Multipart("identifier", "kept", "source", "null", "metadatas", """{"title":"okapi","path":"/okapi.txt","okapi":1}""");
        form.Add(new ByteArrayContent("The okapi's own words."u8.ToArray()), "file", "okapi.txt");
        var posted = await SendAsync("POST", "providers/documents", _own, form);
        _id = JsonNode.Parse(posted.Text)!["id"]!.GetValue<string>();
        await Eventually.TrueAsync(
            async () => (await DescribeAsync()) is var state && state.Contains("plaintext", StringComparison.Ordinal)
                && state.Contains("\"hydrating\":[]", StringComparison.Ordinal) && state.Contains("\"count\":1", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            "the document is hydrated and found");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("PATCH", "documents/{id}")]
    [InlineData("PATCH", "documents/identifier/kept")]
    [InlineData("POST", "documents")]
    [InlineData("PATCH", "providers/documents")]
    [InlineData("POST", "providers/documents")]
    public async Task A_refused_change_leaves_everything_as_it_was(string method, string path)
    {
        var isLegacy = path.StartsWith("providers", StringComparison.Ordinal);
        var before = await DescribeAsync();
        for (var seed = 0; seed < ChangesPerKind; seed++)
        {
            var random = new Random(seed);
            var faults = isLegacy ? s_legacyFaults : s_faults;
            var fault = faults[seed % faults.Length];
            using var body = Body(random, isLegacy, fault, path.Contains('/', StringComparison.Ordinal) && !isLegacy ? null : "kept");
            var answer = await SendAsync(method, path.Replace("{id}", _id, StringComparison.Ordinal), _own, body);
            Assert.True(answer.Status is 400 or 409, $"{seed} {fault}: {answer}");
            Assert.True(before == await DescribeAsync(), $"{seed} {fault} was half-applied:\n{before}\n{await DescribeAsync()}");
        }
    }

    /// <summary>A whole change, by somebody who must not make it.</summary>
    [Fact]
    public async Task A_change_by_the_wrong_caller_leaves_everything_as_it_was()
    {
        var before = await DescribeAsync();
        foreach (var caller in new[] { _other, _reader })
        {
            foreach (var (method, path, hasFile) in new[]
            {
                ("PATCH", $"documents/{_id}", false), ("POST", $"documents/{_id}/file", true), ("DELETE", $"documents/{_id}", false),
            })
            {
                var answer = await SendAsync(method, path, caller, hasFile ? WithFile() : Good());
                Assert.True(answer.Status == 403, answer.ToString());
            }
        }

        Assert.Equal(before, await DescribeAsync());
    }

    [Fact]
    public async Task A_change_that_a_secure_company_refuses_leaves_everything_as_it_was()
    {
        await _server.Admin.Companies.PatchCurrentAsync(new Client.CompanyChange { Secure = true }, default);
        var before = await DescribeAsync();
        foreach (var (method, path, body) in new (string, string, HttpContent)[]
        {
            ("PATCH", $"documents/{_id}", Good()), ("POST", $"documents/{_id}/file", WithFile()),
            ("PATCH", "providers/documents", Multipart("identifier", "kept", "source", "http://changed.example/")),
        })
        {
            var answer = await SendAsync(method, path, _own, body);
            Assert.True(answer is { Status: 403 } && answer.Text.Contains("InsecureOperation", StringComparison.Ordinal), answer.ToString());
        }

        Assert.Equal(before, await DescribeAsync());
    }

    [Fact]
    public async Task A_refused_upload_leaves_everything_as_it_was()
    {
        var before = await DescribeAsync();
        const string Part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nchanged";
        foreach (var body in new[] { "", Part, Part + "\r\n--b", "--b\r\n\r\nx\r\n--b--\r\n", Part.Replace("\"file\"", "\"other\"", StringComparison.Ordinal) + "\r\n--b--\r\n" })
        {
            var content = new StringContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            var answer = await SendAsync("POST", $"documents/{_id}/file", _own, content);
            Assert.True(answer.Status is 400 or 409, answer.ToString());
        }

        Assert.Equal(before, await DescribeAsync());
    }

    /// <summary>The document, its file, what a search finds, and how far the feed is.</summary>
    private async Task<string> DescribeAsync()
    {
        var raw = JsonNode.Parse((await SendAsync("GET", $"documents/{_id}/raw", _own)).Text)!;
        raw["provider"] = null;
        var found = JsonNode.Parse((await SendAsync("GET", "documents?search=okapi&fields=data.data,data.id,count", _own)).Text)!;
        var file = await SendAsync("GET", $"documents/{_id}/file", _own);
        var end = await _server.Get<IChangeFeed>().GetEndAsync(default);
        return $"{raw.ToJsonString()}\n{found.ToJsonString()}\n{file}\n{end}";
    }

    /// <summary>Some right values and the wrong one among them, in one of the encodings.</summary>
    private static HttpContent Body(Random random, bool isLegacy, (string Name, string Json) fault, string? identifier)
    {
        var fields = s_good
            .Select(f => (Name: isLegacy && f.Name == "metadata" ? "metadatas" : f.Name, f.Json))
            .Where(f => f.Name != fault.Name && random.Next(2) == 0)
            .ToList();
        fields.Insert(random.Next(fields.Count + 1), fault);
        if (identifier is not null)
        {
            fields.Insert(0, ("identifier", $"\"{identifier}\""));
        }

        // A text that is no JSON is a text in a form, and a number is one, too: those faults are JSON's own.
        var isForm = fault.Json is ['{' or '[', ..] or ['"', ..] && random.Next(2) == 0 && fault.Name is not "document_type"
            && !fault.Json.Contains("ud800", StringComparison.Ordinal) && fault.Json is not ("{}" or "[]" or "[7]" or "\"x\"");
        if (!isForm)
        {
            var text = "{" + string.Join(',', fields.Select(f => $"\"{f.Name}\":{f.Json}")) + "}";
            return new StringContent(text, Encoding.UTF8, "application/json");
        }

        var texts = fields.SelectMany(f => new[] { f.Name, f.Json.Trim('"') }).ToArray();
        var form = Multipart(texts);
        if (isLegacy)
        {
            form.Add(new ByteArrayContent("changed"u8.ToArray()), "file", "changed.txt");
        }

        return form;
    }

    private static StringContent Good() => new("""{"metadata":{"title":"changed"}}""", Encoding.UTF8, "application/json");

    private static MultipartFormDataContent WithFile() => new() { { new ByteArrayContent("changed"u8.ToArray()), "file", "f" } };

    private static MultipartFormDataContent Multipart(params string[] namesAndTexts)
    {
        var form = new MultipartFormDataContent();
        foreach (var pair in namesAndTexts.Chunk(2))
        {
            form.Add(new StringContent(pair[1]), pair[0]);
        }

        return form;
    }

    private async Task<(int Status, string Text)> SendAsync(string method, string path, string secret, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        using var response = await _server.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

using System.Text;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Api;

/// <summary>
/// Nothing is half-applied: a refused change leaves the document, its file, what a search finds and its hydration as they
/// were. Each case offers a change that is good beside the one that is not.
/// </summary>
public sealed class RefusedChangeTests : ApiTest
{
    private const string Path = "/documents/identifier/keep";

    private const string Good = "\"metadata\":{\"title\":\"Changed\"}";

    [Theory]
    [InlineData("\"user_access\":[\"nobody\"]", 409)]
    [InlineData("\"document_type\":\"nothing\"", 409)]
    [InlineData("\"modification_date\":\"yesterday\"", 409)]
    [InlineData("\"actions\":{\"show\":1}", 409)]
    [InlineData("\"data\":[]", 409)]
    [InlineData("\"related\":{}", 409)]
    [InlineData("\"data\":{", 400)]
    public async Task Wrong_values_change_nothing(string wrong, int status)
    {
        await HydrateAsync();
        await ExpectNoChangeAsync(async () =>
        {
            Assert.Equal(status, (await SendAsync("PATCH", Path, $"{{{Good},{wrong}}}")).Status);
            Assert.Equal(status, (await SendAsync("POST", Path, $"{{{Good},{wrong}}}")).Status);
            Assert.Equal(status, (await PostAsync("/documents", $"{{\"identifier\":\"keep\",{Good},{wrong}}}")).Status);
        });
    }

    [Fact]
    public async Task Callers_without_the_right_change_nothing()
    {
        await HydrateAsync();
        var id = (await GetAsync(Path)).Str("id");
        var (_, reader) = await Server.AddTokenAsync(scopes: Scopes.ReadDocuments);
        var (_, other) = await Server.AddTokenAsync(scopes: Scopes.All);
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        var (_, theirs) = await Server.AddTokenAsync(stranger, Scopes.All);
        await ExpectNoChangeAsync(async () =>
        {
            foreach (var (caller, status) in new[] { (reader, 403), (other, 403), (theirs, 404), ("none", 401) })
            {
                var bearer = "Bearer " + caller;
                Assert.Equal(status, (await SendAsync("PATCH", $"/documents/{id}", $"{{{Good}}}", bearer)).Status);
                Assert.Equal(status, (await SendAsync("DELETE", $"/documents/{id}", authorization: bearer)).Status);
                Assert.Equal(status, (await SendAsync(
                    "POST", $"/documents/{id}/file", Multipart("changed"u8.ToArray()), bearer)).Status);
            }
        });
    }

    [Fact]
    public async Task A_secure_company_refuses_the_whole_change()
    {
        await HydrateAsync();
        (await SendAsync("PATCH", "/company", """{"secure":true}""")).Is(200);
        await ExpectNoChangeAsync(async () =>
        {
            (await SendAsync("PATCH", Path, $"{{{Good}}}")).Is(403, "InsecureOperation");
            (await SendAsync("POST", Path + "/file", Multipart("changed"u8.ToArray()))).Is(403, "InsecureOperation");
        });
    }

    [Fact]
    public async Task Broken_uploads_change_nothing()
    {
        await HydrateAsync();
        await ExpectNoChangeAsync(async () =>
        {
            (await SendAsync("POST", Path + "/file", Multipart(null, ("name", "x")))).Is(409, "MissingParameter");
            var cut = new ByteArrayContent(Encoding.ASCII.GetBytes(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nhal"));
            cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            (await SendAsync("POST", Path + "/file", cut)).Is(400, "BadRequest");
        });
    }

    /// <summary>A document at rest whose text was read from a file that is kept.</summary>
    private async Task HydrateAsync()
    {
        var upload = Multipart(
            "The zymurgy of old."u8.ToArray(),
            ("identifier", "keep"), ("metadatas", """{"title":"Kept","path":"/keep.txt"}"""), ("source", ""));
        (await SendAsync("POST", "/providers/documents", upload)).Is(200);
        await Eventually.TrueAsync(
            async () => (await GetAsync("/documents?search=zymurgy")).Json.GetProperty("count").GetInt32() == 1
                && (await GetAsync(Path + "/raw")).Json is var raw
                && raw.GetProperty("hydrating").GetArrayLength() == 0
                && raw.GetProperty("last_hydration").ValueKind == JsonValueKind.String,
            what: "the document is hydrated");
    }

    private async Task ExpectNoChangeAsync(Func<Task> refused)
    {
        var before = await StateAsync();
        await refused();
        Assert.Equal(before, await StateAsync());

        // What follows the feed has seen everything up to a change that came after.
        (await SendAsync("PATCH", "/company", """{"secure":false}""", AdminBasic)).Is(200);
        (await PostAsync("/documents", """{"identifier":"later","metadata":{"title":"Later"}}""")).Is(200);
        await Eventually.TrueAsync(
            async () => (await GetAsync("/documents?search=Later")).Json.GetProperty("count").GetInt32() == 1,
            what: "the index has caught up");
        Assert.Equal(before, await StateAsync());
    }

    private async Task<string> StateAsync()
    {
        var raw = (await GetAsync(Path + "/raw")).Is(200).Json;
        var file = (await GetAsync(Path + "/file")).Is(200);
        var kept = (await GetAsync("/documents?search=kept")).Is(200).Json.GetProperty("count").GetInt32();
        var changed = (await GetAsync("/documents?search=changed")).Is(200).Json.GetProperty("count").GetInt32();
        var stored = string.Join(
            '\n', raw.EnumerateObject().Where(p => p.Name != "provider").Select(p => $"{p.Name} {p.Value.GetRawText()}"));
        return $"{stored}\nfile {file.Text}\nfound {kept} {changed}";
    }
}

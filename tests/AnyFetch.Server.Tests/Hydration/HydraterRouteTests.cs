using System.Text.Json;
using AnyFetch.Server.Tests.Api;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>The dry run, running again in bulk, and the timeline of a document, over HTTP.</summary>
public sealed class HydraterRouteTests : ApiTest
{
    [Fact]
    public async Task A_dry_run_says_who_would_take_a_document_and_why_the_others_would_not()
    {
        var without = await PostAsync("/hydraters/match", """{"metadata": {"path": "/a.md"}}""", AdminBasic);
        var reason = Match(without.Is(200).Json, "markdown").GetProperty("reason").GetString();
        Assert.Contains("[filePath]", reason, StringComparison.Ordinal);

        var with = (await PostAsync("/hydraters/match?with_file=true", """{"metadata": {"path": "/a.md"}}""")).Is(200).Json;
        Assert.True(Match(with, "markdown").GetProperty("matches").GetBoolean());
        Assert.Equal(JsonValueKind.Null, Match(with, "markdown").GetProperty("reason").ValueKind);
        var text = (await PostAsync("/hydraters/match?with_file=true", """{"metadata": {"path": "/a.txt"}}""")).Is(200).Json;
        Assert.Contains("[metadata.path]", Match(text, "markdown").GetProperty("reason").GetString(), StringComparison.Ordinal);

        var id = (await PostAsync("/documents", """{"identifier": "a"}""")).Is(200).Str("id");
        (await PostAsync("/hydraters/match", $$"""{"id": "{{id}}"}""")).Is(200);
        (await PostAsync("/hydraters/match", """{"id": "52cffa3feadf3f5b6e000001"}""")).Is(404, "ResourceNotFound");
        (await PostAsync("/hydraters/match", """{"document_type": "no such type"}""")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Many_documents_are_hydrated_again_and_the_timeline_tells_it()
    {
        var id = (await PostAsync("/documents", """{"identifier": "a", "metadata": {"path": "/a.txt"}}""")).Is(200).Str("id");
        var content = Multipart("hello"u8.ToArray());
        (await SendAsync("POST", $"/documents/{id}/file", content)).Is(204);
        await Eventually.TrueAsync(async () =>
            (await GetAsync($"/documents/{id}/raw")).Json.GetProperty("hydrated_by").GetArrayLength() > 0);

        var raw = (await GetAsync($"/documents/{id}/raw")).Json;
        var run = raw.GetProperty("hydrations").EnumerateArray().Single(r => r.GetProperty("state").GetString() == "done");
        Assert.EndsWith("/plaintext/hydrate", run.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, run.GetProperty("attempts").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("ended_at").ValueKind);
        var generation = raw.GetProperty("hydration_generation").GetInt32();

        (await GetAsync("/company/hydrate", AdminBasic)).Is(404, "ResourceNotFound");
        var begun = (await PostAsync("/company/hydrate", """{"filter": {"identifier": "a"}}""", AdminBasic)).Is(200);
        Assert.Equal("running", begun.Str("state"));
        await Eventually.TrueAsync(async () => (await GetAsync("/company/hydrate", AdminBasic)).Str("state") == "done");
        Assert.Equal(1, (await GetAsync("/company/hydrate", AdminBasic)).Json.GetProperty("started").GetInt32());
        Assert.Equal(
            generation + 1, (await GetAsync($"/documents/{id}/raw")).Json.GetProperty("hydration_generation").GetInt32());
        (await SendAsync("DELETE", "/company/hydrate", authorization: AdminBasic)).Is(404, "ResourceNotFound");
        (await PostAsync("/company/hydrate", """{"hydraters": ["http://nobody/"]}""", AdminBasic)).Is(409, "InvalidArgument");
        (await PostAsync("/company/hydrate", """{"filter": "x"}""", AdminBasic)).Is(409, "InvalidArgument");
    }

    private static JsonElement Match(JsonElement list, string shortName) =>
        list.EnumerateArray().Single(m => m.GetProperty("short_name").GetString() == shortName);
}

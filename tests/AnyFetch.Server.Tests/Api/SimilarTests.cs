using System.Text.Json;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Api;

/// <summary><c>GET /documents/{ref}/similar</c> (api.md §5, search-and-projection §1.7).</summary>
public sealed class SimilarTests : ApiTest
{
    [Fact]
    public async Task Search_check_34_similar_excludes_the_source_and_returns_keywords()
    {
        var source = await AddAsync("source", "Heron survey", "breeding colony of the marsh");
        await AddAsync("near", "Heron colony", "a breeding survey");
        await AddAsync("far", "Marsh plants", "reed and rush");
        await AddAsync("none", "Invoices", "to be paid");
        await CountIsAsync("/documents", 4);

        var page = (await GetAsync($"/documents/{source}/similar")).Is(200).Json;

        Assert.Equal(
            ["title", "document_type", "keywords", "facets", "data", "count", "max_score"],
            page.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Heron survey", page.GetProperty("title").GetProperty("title").GetString());
        Assert.Equal(
            ["title"],
            page.GetProperty("document_type").GetProperty("templates").EnumerateObject().Select(p => p.Name));
        Assert.Contains("Heron", page.GetProperty("keywords").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal(["near", "far"], Identifiers(page));
        Assert.Equal(2, page.GetProperty("count").GetInt32());
        Assert.Equal(
            2,
            page.GetProperty("facets").GetProperty("document_types").EnumerateArray()
                .Sum(f => f.GetProperty("document_count").GetInt32()));
        var hit = page.GetProperty("data")[0];
        Assert.Equal("snippet", hit.GetProperty("projection_type").GetString());
        Assert.Equal(page.GetProperty("max_score").GetDouble(), hit.GetProperty("score").GetDouble());
        Assert.DoesNotContain("anyfetch-hlt", page.GetRawText(), StringComparison.Ordinal);
        (await SendAsync("HEAD", $"/documents/{source}/similar")).Is(200);
    }

    [Fact]
    public async Task Similar_takes_start_limit_search_and_snippet_size()
    {
        var source = await AddAsync("source", "Heron", "survey");
        await AddAsync("long", "Heron heron", "heron wetland " + string.Join(' ', Enumerable.Repeat("reed grass", 60)));
        await AddAsync("short", "Heron", "nothing else here");
        await CountIsAsync("/documents", 3);

        var all = Identifiers((await GetAsync($"/documents/{source}/similar")).Is(200).Json);
        var second = (await GetAsync($"/documents/{source}/similar?start=1&limit=1")).Is(200).Json;
        var narrowed = (await GetAsync($"/documents/{source}/similar?search=wetland")).Is(200).Json;

        Assert.Equal(2, all.Length);
        Assert.Equal([all[1]], Identifiers(second));
        Assert.Equal(2, second.GetProperty("count").GetInt32());
        Assert.Equal(["long"], Identifiers(narrowed));
        Assert.Contains("<span class=\\\"anyfetch-hlt\\\">", narrowed.GetRawText(), StringComparison.Ordinal);
        Assert.True(await SnippetLengthAsync(source, 40) < await SnippetLengthAsync(source, 300));
        (await GetAsync($"/documents/{source}/similar?search=(%22hello")).Is(409, "InvalidArgument");
        (await GetAsync($"/documents/{source}/similar?limit=x")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Api_check_18_similar_takes_the_identifier_and_another_token_gets_404()
    {
        await AddAsync("folder/a b", "Heron", "survey");
        await AddAsync("other", "Heron", "census");
        await CountIsAsync("/documents", 2);
        var (_, foreign) = await Server.AddTokenAsync(scopes: Core.AccessTokens.Scopes.All);

        var page = (await GetAsync("/documents/identifier/folder%2Fa%20b/similar")).Is(200).Json;

        Assert.Equal(["other"], Identifiers(page));
        (await GetAsync("/documents/identifier/folder%2Fa%20b/similar", "Bearer " + foreign)).Is(404, "ResourceNotFound");
        (await GetAsync("/documents/ffffffffffffffffffffffff/similar")).Is(404, "ResourceNotFound");
        (await GetAsync("/documents/xyz/similar")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Auth_check_29_a_hidden_document_is_similar_to_nothing()
    {
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        var hidden = await AddAsync("hidden", "Heron", "merger", $"\"user_access\":[\"{Server.AdminUser.Id}\"],");
        var open = await AddAsync("open", "Heron", "merger");
        await CountIsAsync("/documents", 2);

        var theirs = (await GetAsync($"/documents/{open}/similar", Basic(colleague.Email))).Is(200).Json;

        Assert.Equal(0, theirs.GetProperty("count").GetInt32());
        Assert.Empty(Identifiers(theirs));
        Assert.Equal(JsonValueKind.Null, theirs.GetProperty("max_score").ValueKind);
        Assert.Equal(0, theirs.GetProperty("facets").GetProperty("document_types").GetArrayLength());
        (await GetAsync($"/documents/{hidden}/similar", Basic(colleague.Email))).Is(404, "ResourceNotFound");
        Assert.Equal(["hidden"], Identifiers((await GetAsync($"/documents/{open}/similar")).Is(200).Json));
    }

    private async Task<string> AddAsync(string identifier, string title, string text, string more = "") =>
        (await PostAsync("/documents", $$$"""
            {"identifier":"{{{identifier}}}","document_type":"document",{{{more}}}"metadata":{"title":"{{{title}}}","text":"{{{text}}}"}}
            """)).Is(200).Str("id");

    private async Task<int> SnippetLengthAsync(string source, int size) =>
        (await GetAsync($"/documents/{source}/similar?search=wetland&snippet_size={size}")).Is(200).Json
            .GetProperty("data")[0].GetProperty("data").GetProperty("snippet").GetString()!.Length;

    private static string[] Identifiers(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("identifier").GetString()!)];

    private Task CountIsAsync(string path, int count) => Eventually.TrueAsync(
        async () => (await GetAsync(path)).Is(200).Json.GetProperty("count").GetInt32() == count,
        TimeSpan.FromSeconds(60),
        $"{path} counts {count}");
}

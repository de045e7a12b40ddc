using System.Text.Json;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>
/// A document that is searchable for some leaves no trace for the others: no hit, count, facet, related document or
/// page of a batch, whatever they ask for.
/// </summary>
public sealed class HiddenDocumentTests(TenancyServer shared) : IClassFixture<TenancyServer>
{
    private const string FileType = "5252ce4ce4cfcd16f55cfa3b";

    [Theory]
    [InlineData("outsider")]
    [InlineData("admin")]
    [InlineData("stranger")]
    [InlineData("parent")]
    public async Task A_hidden_document_leaves_no_trace_in_any_search(string caller)
    {
        var world = await SearchableAsync();
        foreach (var query in Queries(world))
        {
            var page = await GetAsync(world, caller, "/documents?" + query);
            Assert.Equal(0, page.Json.GetProperty("count").GetInt32());
            Assert.Equal(JsonValueKind.Null, page.Json.GetProperty("max_score").ValueKind);
            foreach (var facet in page.Json.GetProperty("facets").EnumerateObject())
            {
                Assert.Equal(0, facet.Value.GetArrayLength());
            }
        }
    }

    [Theory]
    [InlineData("outsider")]
    [InlineData("admin")]
    [InlineData("stranger")]
    [InlineData("parent")]
    public async Task A_hidden_document_counts_nowhere(string caller)
    {
        var world = await SearchableAsync();
        foreach (var list in new[] { "/document_types", "/providers" })
        {
            var entries = (await GetAsync(world, caller, list)).Json.EnumerateArray().ToArray();
            Assert.All(entries, e => Assert.Equal(0, e.GetProperty("document_count").GetInt32()));
            Assert.All(entries, e => Assert.Equal(JsonValueKind.Null, e.GetProperty("updated").ValueKind));
        }

        var pages = Uri.EscapeDataString($"/documents?search={world.DocumentMark[..8]}*");
        var types = Uri.EscapeDataString("/document_types");
        var batch = await GetAsync(world, caller, $"/batch?pages={pages}&pages={types}");
        Assert.Contains("\"count\":0", batch.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outsider")]
    [InlineData("admin")]
    [InlineData("stranger")]
    [InlineData("parent")]
    public async Task A_hidden_documents_words_are_suggested_to_nobody_else(string caller)
    {
        var world = await SearchableAsync();
        var mark = world.DocumentMark;
        foreach (var typed in new[] { mark[..3], mark[..^1], "shared%20" + mark[..4], mark[..^2] + mark[^1] })
        {
            var reply = await GetAsync(world, caller, "/suggestions?search=" + typed);
            Assert.Equal(0, reply.Json.GetProperty("completions").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, reply.Json.GetProperty("correction").ValueKind);
        }

        var insider = await world.SendAsync("GET", "/suggestions?search=" + mark[..^1], authorization: world["insider"].Token);
        Assert.Equal(mark, insider.Json.GetProperty("completions")[0].GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task Those_who_may_see_the_document_find_it_with_each_of_the_same_queries()
    {
        var world = await SearchableAsync();
        foreach (var caller in new[] { "insider", "chief" })
        {
            foreach (var query in Queries(world))
            {
                var page = await world.SendAsync("GET", "/documents?" + query, authorization: world[caller].Token);
                Assert.True(page.Status == 200 && page.Json.GetProperty("count").GetInt32() == 1, $"{query}: {page}");
            }
        }
    }

    [Fact]
    public async Task A_document_that_all_may_see_does_not_lead_to_a_hidden_one()
    {
        var world = await SearchableAsync();
        var posted = await world.SendAsync(
            "POST",
            "/documents",
            """{"identifier":"open","related":["{its_identifier}"],"metadata":{"title":"open"}}""",
            world["owner"].Token);
        shared.Renew();
        var open = posted.Json.GetProperty("id").GetString();
        await CountIsAsync(world, "outsider", 1);
        foreach (var caller in new[] { "outsider", "admin" })
        {
            foreach (var view in new[] { "", "/related" })
            {
                await GetAsync(world, caller, $"/documents/{open}{view}");
            }

            var related = await GetAsync(world, caller, $"/documents/{open}/related");
            Assert.Equal(0, related.Json.GetProperty("count").GetInt32());
        }

        var seen = await world.SendAsync("GET", $"/documents/{open}/related", authorization: world["insider"].Token);
        Assert.Equal(1, seen.Json.GetProperty("count").GetInt32());
    }

    private static string[] Queries(World world) =>
    [
        "",
        "limit=0",
        $"search={world.DocumentMark}",
        "search=shared&strict=false",
        $"search={world.DocumentMark[..20]}*",
        $"@title={world.DocumentMark}",
        "has_title=1",
        "id={document}",
        "provider={provider}",
        $"document_type={FileType}",
        "after=2000-01-01&before=2100-01-01",
        "sort=-creationDate",
        "render_templates=1&search=shared",
    ];

    /// <summary>A world whose hidden document the member with access finds.</summary>
    private async Task<World> SearchableAsync()
    {
        var world = await shared.GetWorldAsync();
        await CountIsAsync(world, "insider", 1);
        return world;
    }

    private static Task CountIsAsync(World world, string caller, int count) => Eventually.TrueAsync(
        async () => (await world.SendAsync("GET", "/documents", authorization: world[caller].Token))
            .Json.GetProperty("count").GetInt32() == count,
        TimeSpan.FromSeconds(60),
        $"{caller} counts {count} documents");

    /// <summary>Gets a page in which neither the document's nor, for strangers, the company's words may stand.</summary>
    private static async Task<World.Reply> GetAsync(World world, string caller, string path)
    {
        var reply = await world.SendAsync("GET", path, authorization: world[caller].Token);
        Assert.True(reply.Status == 200, $"{path} by {caller}: {reply}");

        // The key of a batch's page is what the caller wrote.
        if (!path.StartsWith("/batch", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(world.Fill("{document}"), reply.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(world.DocumentMark, reply.Text, StringComparison.Ordinal);
        if (caller is "stranger" or "parent")
        {
            Assert.DoesNotContain(world.CompanyMark, reply.Text, StringComparison.Ordinal);
        }

        return reply;
    }
}

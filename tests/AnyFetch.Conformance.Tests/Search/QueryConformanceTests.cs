using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Search;

/// <summary>What queries find and how hits are marked (search-and-projection §1).</summary>
public sealed class QueryConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private const string Marker = "<span class=\"anyfetch-hlt\">";

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_01_02_04_06_and_07_words_phrases_and_keys_are_found(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.Api.Documents.PostAsync(
            new DocumentDraft
            {
                Identifier = "a",
                Metadata = new() { ["title"] = "John Doe", ["deep"] = new System.Text.Json.Nodes.JsonObject { ["er"] = "Résumé" } },
                Data = new() { ["x"] = "unindexed" },
            },
            default);
        await company.AddAsync("b", """{"title":"John met Jane Doe","location":"Paris","hash":"aB-1/2"}""");
        await company.AddAsync("c", """{"title":"John"}""");
        await company.CountIsAsync("search=john", 3);
        foreach (var (query, count) in ((string, int)[])
        [
            ("search=unindexed", 0), ("search=resume", 1), ("search=R%C3%89SUM%C3%89", 1), ("search=john%20doe", 2),
            ("search=john%20doe&strict=false", 3), ("search=%22john%20doe%22", 1), ("@title=paris", 0),
            ("@title=jane", 1), ("@hash=aB-1%2F2", 1), ("@hash=ab", 0), ("has_location=1", 1), ("has_location=0", 2),
        ])
        {
            Assert.Equal((query, count), (query, (await company.SearchAsync(query)).GetProperty("count").GetInt32()));
        }

        Assert.Equal("c", (await company.FindAsync("search=john%20doe&strict=false"))[^1]);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_03_and_05_operators_bind_and_only_misuse_is_refused(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("a", """{"title":"ash"}""");
        await company.AddAsync("b", """{"title":"birch"}""");
        await company.AddAsync("bc", """{"title":"birch cedar ada.l@example.org well-known"}""");
        await company.CountIsAsync("", 3);
        Assert.Equal(["a", "bc"], (await company.FindAsync("search=ash%20OR%20birch%20AND%20cedar")).Order());
        Assert.Equal(["a", "bc"], (await company.FindAsync("search=ash%20OR%20(birch%20AND%20cedar)")).Order());
        Assert.Equal(["bc"], await company.FindAsync("search=(ash%20OR%20birch)%20AND%20cedar"));
        Assert.Equal(["bc"], await company.FindAsync("search=ada.l%40example.org"));
        Assert.Equal(["bc"], await company.FindAsync("search=well-known"));
        foreach (var malformed in (string[])["(%22hello", "(", ")", "%22"])
        {
            (await company.GetAsync("documents?search=" + malformed)).Is(409, "InvalidArgument");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_08_and_09_matches_are_marked_and_markup_is_escaped(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("a", """{"title":"apple <script>x</script>"}""");
        await company.CountIsAsync("search=apple", 1);
        var title = (await company.FirstHitAsync("search=apple")).GetProperty("data").GetProperty("title").GetString()!;
        Assert.Contains(Marker + "apple</span>", title, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", title, StringComparison.Ordinal);
        Assert.DoesNotContain("anyfetch-hlt", (await company.SearchAsync("")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_10_and_11_snippets_have_a_size_and_cut_texts_an_ellipsis(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var text = string.Join(' ', Enumerable.Repeat("reed grass of the marsh", 40));
        await company.AddAsync("long", $$"""{"title":"heron","text":"{{text}} wetland {{text}}"}""", "document");
        await company.AddAsync("short", """{"title":"heron","text":"reed"}""", "document");
        await company.CountIsAsync("search=heron", 2);
        var snippets = (await company.SearchAsync("search=heron")).GetProperty("data").EnumerateArray()
            .ToDictionary(d => d.GetProperty("identifier").GetString()!, SnippetOf);
        Assert.EndsWith("…", snippets["long"], StringComparison.Ordinal);
        Assert.Equal("reed", snippets["short"]);
        var small = SnippetOf(await company.FirstHitAsync("search=wetland&snippet_size=50"));
        var large = SnippetOf(await company.FirstHitAsync("search=wetland&snippet_size=400"));
        Assert.True(small.Length * 2 < large.Length, $"{small.Length} and {large.Length} characters");
        Assert.Contains(Marker, small, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_check_33_facets_count_every_match_whatever_the_page(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var (identifier, type) in ((string, string)[])[("1", "file"), ("2", "email"), ("3", "file"), ("4", "image")])
        {
            await company.AddAsync(identifier, type: type);
        }

        await company.CountIsAsync("", 4);
        var whole = (await company.SearchAsync("")).GetProperty("facets");
        var counts = whole.GetProperty("document_types").EnumerateArray().Select(f => f.GetProperty("document_count").GetInt32());
        Assert.Equal([2, 1, 1], counts);
        Assert.Equal(whole.GetRawText(), (await company.SearchAsync("start=2&limit=1")).GetProperty("facets").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_34_and_35_similar_and_related_documents_are_listed(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var source = await company.Api.Documents.PostAsync(
            new DocumentDraft { Identifier = "source", Metadata = new() { ["title"] = "Heron survey" }, Related = ["later"] },
            default);
        var reference = DocumentRef.ById(source.Id);
        Assert.Empty((await company.Api.Documents.GetRelatedAsync(reference, null, default)).Data);
        await company.AddAsync("near", """{"title":"Heron survey of the marsh"}""");
        await company.AddAsync("later", """{"title":"Invoices"}""");
        await company.CountIsAsync("", 3);

        var similar = await company.Api.Documents.GetSimilarAsync(reference, null, default);
        Assert.Equal(["near"], similar.Data.Select(d => d.Identifier));
        Assert.NotEmpty(similar.Keywords);
        var related = await company.Api.Documents.GetRelatedAsync(reference, null, default);
        Assert.Equal(["later"], related.Data.Select(d => d.Identifier));
        var hit = await company.Api.Documents.SearchAsync(new DocumentSearch { Ids = [source.Id] }, default);
        Assert.Equal(1, hit.Data[0].RelatedCount);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_check_32_a_key_that_is_not_analysed_is_no_full_text_and_a_boosted_one_ranks_first(string target)
    {
        const string Mapping = """
            {"properties":{"metadata":{"properties":{"code":{"type":"string","index":"not_analyzed"},
            "headline":{"type":"string","boost":20}}}}}
            """;
        await using var company = await NewCompanyAsync(target);
        var type = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(mapping: Mapping), default);
        await company.AddAsync("body", """{"body":"heron","code":"zebra"}""", type.Id);
        await company.AddAsync("headline", """{"headline":"heron","code":"yak"}""", type.Id);
        await company.CountIsAsync("search=heron", 2);
        Assert.Equal(["headline", "body"], await company.FindAsync("search=heron"));
        await company.CountIsAsync("search=zebra", 0);
        Assert.Equal(["body"], await company.FindAsync("@code=zebra"));
    }

    private static string SnippetOf(System.Text.Json.JsonElement hit) =>
        hit.GetProperty("data").GetProperty("snippet").GetString()!;
}

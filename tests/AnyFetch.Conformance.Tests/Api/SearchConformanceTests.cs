using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Api;

/// <summary>The parameters and the shape of a search (api.md §5).</summary>
public sealed class SearchConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_21_22_24_26_and_27_a_search_pages_sorts_and_refuses(string target)
    {
        await using var company = await NewCompanyAsync(target);
        for (var i = 1; i <= 22; i++)
        {
            await company.AddAsync($"{i:00}", """{"title":"apple"}""", created: new(2014, 1 + (i % 2), i, 9, 0, 0, TimeSpan.Zero));
        }

        await company.CountIsAsync("search=apple", 22);
        var page = await company.Api.Documents.SearchAsync(new DocumentSearch { Search = "apple" }, default);
        Assert.Equal((20, 22), (page.Data.Count, page.Count));
        Assert.NotNull(page.MaxScore);
        var counted = await company.Api.Documents.SearchAsync(new DocumentSearch { Limit = 0 }, default);
        Assert.Empty(counted.Data);
        Assert.Equal([("1388534400000", 11), ("1391212800000", 11)], counted.Facets.CreationDates.Select(d => (d.Timestamp, d.DocumentCount)));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1388534400000), counted.Facets.CreationDates[0].Date);

        var ascending = await company.FindAsync("sort=creationDate&limit=100");
        Assert.Equal(Enumerable.Reverse(ascending), await company.FindAsync("sort=-creationDate&limit=100"));
        Assert.Equal("02", ascending[0]);
        var none = await company.SearchAsync("search=pear");
        Assert.Equal(0, none.GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, none.GetProperty("max_score").ValueKind);
        Assert.All(none.GetProperty("facets").EnumerateObject(), f => Assert.Equal(0, f.Value.GetArrayLength()));
        (await company.GetAsync("documents?sort=title")).Is(409, "InvalidArgument");
        (await company.GetAsync("documents?search=(%22hello")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_23_and_25_templates_take_the_place_of_data_and_types_are_alternatives(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var email = await company.AddAsync("e", """{"subject":"heron"}""", "email");
        var file = await company.AddAsync("f", """{"title":"heron"}""", "file");
        await company.AddAsync("c", """{"name":"heron"}""", "contact");
        await company.CountIsAsync("", 3);
        var query = $"document_type={email.DocumentType!.Id}&document_type={file.DocumentType!.Id}&sort=creationDate";
        Assert.Equal(["e", "f"], await company.FindAsync(query));

        var hit = await company.FirstHitAsync("search=heron&render_templates=1&id=" + email.Id);
        Assert.False(hit.TryGetProperty("data", out _));
        Assert.Contains("heron", hit.GetProperty("rendered_title").GetString(), StringComparison.Ordinal);
        Assert.Contains("heron", hit.GetProperty("rendered_snippet").GetString(), StringComparison.Ordinal);
        var full = await company.Api.Documents.GetAsync(DocumentRef.ById(email.Id), null, renderTemplates: true, default);
        Assert.Null(full.Data);
        Assert.Contains("anyfetch-document-full", full.RenderedFull, StringComparison.Ordinal);
    }
}

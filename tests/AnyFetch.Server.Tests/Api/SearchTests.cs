using AnyFetch.Core.AccessTokens;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Api;

/// <summary><c>GET /documents</c> and what is read through the search index (api.md §5).</summary>
public sealed class SearchTests : ApiTest
{
    [Fact]
    public async Task Api_checks_21_and_22_search_has_facets_and_pages()
    {
        for (var i = 0; i < 25; i++)
        {
            (await PostAsync("/documents", $$$"""
                {"identifier":"{{{i}}}","creation_date":"2014-0{{{1 + (i % 3)}}}-15","document_type":"{{{(i % 2 == 0 ? "file" : "document")}}}",
                 "metadata":{"title":"apple {{{i}}}"}}
                """)).Is(200);
        }

        await CountIsAsync("/documents?search=apple", 25);
        var page = (await GetAsync("/documents?search=apple")).Is(200).Json;
        Assert.Equal(["facets", "data", "count", "max_score"], page.EnumerateObject().Select(p => p.Name));
        Assert.Equal(20, page.GetProperty("data").GetArrayLength());
        var hit = page.GetProperty("data")[0];
        Assert.Equal("snippet", hit.GetProperty("projection_type").GetString());
        Assert.Contains("<span class=\"anyfetch-hlt\">apple</span>", hit.GetProperty("data").GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, hit.GetProperty("related_count").GetInt32());
        Assert.False(hit.TryGetProperty("metadata", out _));

        var facets = page.GetProperty("facets");
        Assert.Equal(25, facets.GetProperty("document_types").EnumerateArray().Sum(f => f.GetProperty("document_count").GetInt32()));
        Assert.Equal(Provider.Id.ToString(), facets.GetProperty("providers")[0].GetProperty("id").GetString());
        var months = facets.GetProperty("creation_dates");
        Assert.Equal(3, months.GetArrayLength());
        Assert.Equal("1388534400000", months[0].GetProperty("timestamp").GetString());
        Assert.Equal("2014-01-01T00:00:00.000Z", months[0].GetProperty("date").GetString());

        var counted = (await GetAsync("/documents?search=apple&limit=0")).Json;
        Assert.Equal(0, counted.GetProperty("data").GetArrayLength());
        Assert.Equal(facets.GetRawText(), counted.GetProperty("facets").GetRawText());
        var none = (await GetAsync("/documents?search=pear")).Json;
        Assert.Equal("""{"facets":{"document_types":[],"providers":[],"creation_dates":[]},"data":[],"count":0,"max_score":null}""", none.GetRawText());
        Assert.Equal(2, (await GetAsync("/documents?start=23")).Json.GetProperty("data").GetArrayLength());

        var types = (await GetAsync("/document_types")).Json.EnumerateArray().Single(t => t.GetProperty("name").GetString() == "file");
        Assert.Equal(13, types.GetProperty("document_count").GetInt32());
        var current = (await GetAsync("/providers")).Json.EnumerateArray().Single(p => p.GetProperty("current").GetBoolean());
        Assert.Equal(25, current.GetProperty("document_count").GetInt32());
    }

    [Fact]
    public async Task Api_checks_23_24_25_rendering_sorting_and_repeated_filters()
    {
        (await PostAsync("/documents", """{"identifier":"a","creation_date":"2014-01-01","metadata":{"title":"one"}}""")).Is(200);
        (await PostAsync("/documents", """{"identifier":"b","document_type":"email","creation_date":"2014-02-01","metadata":{"subject":"two"}}""")).Is(200);
        (await PostAsync("/documents", """{"identifier":"c","document_type":"event","creation_date":"2014-03-01","metadata":{"name":"three"}}""")).Is(200);
        await CountIsAsync("/documents", 3);
        Assert.Equal(["a", "b", "c"], await IdentifiersAsync("/documents?sort=creationDate"));
        Assert.Equal(["c", "b", "a"], await IdentifiersAsync("/documents?sort=-creationDate"));
        Assert.Equal(
            ["a", "b"],
            await IdentifiersAsync("/documents?sort=creationDate&document_type=5252ce4ce4cfcd16f55cfa3b&document_type=5252ce4ce4cfcd16f55cfa3f"));
        Assert.Equal(["b"], await IdentifiersAsync("/documents?after=2014-02-01&before=2014-03-01"));
        var hit = (await GetAsync("/documents?render_templates=1&search=two")).Json.GetProperty("data")[0];
        Assert.False(hit.TryGetProperty("data", out _));
        Assert.StartsWith("<article class=\"anyfetch-document-snippet anyfetch-type-email\">", hit.GetProperty("rendered_snippet").GetString(), StringComparison.Ordinal);
        Assert.Equal("<span class=\"anyfetch-hlt\">two</span>", hit.GetProperty("rendered_title").GetString());
    }

    [Theory]
    [InlineData("sort=title")]
    [InlineData("limit=-1")]
    [InlineData("limit=x")]
    [InlineData("start=99999999999")]
    [InlineData("id=xyz")]
    [InlineData("provider=1")]
    [InlineData("after=soon")]
    [InlineData("strict=maybe")]
    [InlineData("snippet_size=0")]
    [InlineData("search=(%22hello")]
    [InlineData("search=)")]
    [InlineData("has_title=x")]
    public async Task Api_checks_24_and_27_wrong_parameters_are_409(string query) =>
        (await GetAsync("/documents?" + query)).Is(409, "InvalidArgument");

    [Fact]
    public async Task Auth_check_29_a_hidden_document_is_in_no_list_and_no_count()
    {
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        (await PostAsync("/documents", $$$"""{"identifier":"secret","user_access":["{{{Server.AdminUser.Id}}}"],"metadata":{"title":"hidden"}}""")).Is(200);
        (await PostAsync("/documents", """{"identifier":"open","related":["secret"],"metadata":{"title":"seen"}}""")).Is(200);
        await CountIsAsync("/documents", 2);
        var theirs = (await GetAsync("/documents", Basic(colleague.Email))).Json;
        Assert.Equal(1, theirs.GetProperty("count").GetInt32());
        Assert.Equal(1, theirs.GetProperty("facets").GetProperty("document_types")[0].GetProperty("document_count").GetInt32());
        Assert.Empty(await IdentifiersAsync("/documents?search=hidden", Basic(colleague.Email)));
        var id = theirs.GetProperty("data")[0].GetProperty("id").GetString();
        Assert.Equal(0, (await GetAsync($"/documents/{id}", Basic(colleague.Email))).Json.GetProperty("related").GetArrayLength());
        Assert.Equal(0, (await GetAsync($"/documents/{id}/related", Basic(colleague.Email))).Is(200).Json.GetProperty("count").GetInt32());
        var mine = (await GetAsync($"/documents/{id}/related")).Is(200).Json;
        Assert.Equal(1, mine.GetProperty("count").GetInt32());
        Assert.Equal("seen", mine.GetProperty("title").GetProperty("title").GetString());
        Assert.Equal("secret", mine.GetProperty("data")[0].GetProperty("identifier").GetString());
    }

    [Fact]
    public async Task Auth_checks_22_and_23_companies_are_walls()
    {
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        var (_, theirToken) = await Server.AddTokenAsync(stranger, Scopes.All);
        (await PostAsync("/documents", """{"identifier":"theirs","metadata":{"title":"wall"}}""", "Bearer " + theirToken)).Is(200);
        (await PostAsync("/documents", """{"identifier":"mine","metadata":{"title":"wall"}}""")).Is(200);
        await CountIsAsync("/documents?search=wall", 1);
        Assert.Equal(["mine"], await IdentifiersAsync("/documents"));
        await CountIsAsync("/documents?search=wall", 1, "Bearer " + theirToken);
        (await GetAsync("/users/" + stranger.Id)).Is(404, "ResourceNotFound");
    }

    [Fact]
    public async Task Api_check_38_revoking_a_provider_removes_its_documents()
    {
        var (other, secret) = await Server.AddTokenAsync(scopes: Scopes.All);
        (await PostAsync("/documents", """{"identifier":"x"}""", "Bearer " + secret)).Is(200);
        await CountIsAsync("/documents", 1);
        (await SendAsync("DELETE", "/providers/" + other.Id)).Is(204);
        (await GetAsync("/", "Bearer " + secret)).Is(401, "InvalidCredentials");
        await CountIsAsync("/documents", 0);
        (await GetAsync("/providers/" + other.Id)).Is(404, "ResourceNotFound");
        (await GetAsync("/providers/xyz")).Is(409, "InvalidArgument");
    }

    private async Task<string[]> IdentifiersAsync(string path, string authorization = "") =>
    [
        .. (await GetAsync(path, authorization)).Is(200).Json.GetProperty("data").EnumerateArray()
            .Select(d => d.GetProperty("identifier").GetString()!),
    ];

    private Task CountIsAsync(string path, int count, string authorization = "") => Eventually.TrueAsync(
        async () => (await GetAsync(path, authorization)).Is(200).Json.GetProperty("count").GetInt32() == count,
        TimeSpan.FromSeconds(60),
        $"{path} counts {count}");

    [Fact]
    public async Task An_exact_value_is_a_filter_where_the_operator_wants_it()
    {
        await using var server = await StartServerAsync(("Api:ExactKeyFilters", "true"));
        var (_, secret) = await server.AddTokenAsync(scopes: Scopes.All);
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        foreach (var (identifier, metadata) in ((string, string)[])
        [
            ("a", """{"title":"Red heron","size":12,"hash":"x/1","in":{"ner":["!","b"]}}"""),
            ("b", """{"title":"red heron","size":12.0,"hash":"x/2","in":{"ner":"!!"}}"""),
            ("c", """{"title":"Red heron survey","size":"12"}"""),
        ])
        {
            using var body = new StringContent(
                $$"""{"identifier":"{{identifier}}","metadata":{{metadata}}}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await server.Http.PostAsync("documents", body);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await Eventually.TrueAsync(async () => (await FindAsync("documents")).Length == 3, what: "three are found");
        Assert.Equal("a", await FindAsync("documents?_title=Red+heron"));
        Assert.Equal("ac", await FindAsync("documents?_size=12"));
        Assert.Equal("a", await FindAsync("documents?_size=12&_hash=x%2F1"));
        Assert.Equal("b", await FindAsync("documents?_hash=x%2F2&search=heron"));
        Assert.Equal("ab", await FindAsync("documents?_hash=x%2F1&_hash=x%2F2"));
        Assert.Equal("a", await FindAsync("documents?_in.ner=!"));
        Assert.Equal("", await FindAsync("documents?_title=heron"));

        async Task<string> FindAsync(string path)
        {
            using var json = System.Text.Json.JsonDocument.Parse(await server.Http.GetStringAsync(path));
            return string.Concat(json.RootElement.GetProperty("data").EnumerateArray()
                .Select(d => d.GetProperty("identifier").GetString()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_exact_value_is_no_filter_by_default()
    {
        (await PostAsync("/documents", """{"identifier":"i","metadata":{"title":"heron"}}""")).Is(200);
        await Eventually.TrueAsync(
            async () => (await GetAsync("/documents?_title=other")).Is(200).Json.GetProperty("count").GetInt32() == 1,
            what: "it is found whatever its title");
    }
}

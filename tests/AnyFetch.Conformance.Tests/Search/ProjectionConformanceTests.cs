using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Search;

/// <summary>What the built-in types show of their documents (search-and-projection §3, §4).</summary>
public sealed class ProjectionConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private static readonly string[] s_types =
        ["contact", "file", "document", "image", "trello-card", "email", "event", "email-thread"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_check_12_title_keys_are_in_the_snippet_and_the_full_view_of_every_type(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var type in s_types)
        {
            await company.AddAsync(type, """{"title":"t","subject":"s","name":"n"}""", type);
        }

        await company.CountIsAsync("", s_types.Length);
        var snippets = (await company.SearchAsync("")).GetProperty("data").EnumerateArray()
            .ToDictionary(d => d.GetProperty("identifier").GetString()!, d => KeysOf(d.GetProperty("data")));
        foreach (var type in s_types)
        {
            var full = await company.Api.Documents.GetAsync(DocumentRef.ByIdentifier(type), default);
            var title = KeysOf(full.Title!.Value);
            Assert.NotEmpty(title);
            Assert.Subset(snippets[type], title);
            Assert.Subset(KeysOf(full.Data!.Value), title);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_26_27_28_and_29_types_have_their_fallbacks_and_limits(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("contact", "{}", "contact");
        await company.AddAsync("file", """{"path":"/x/report.pdf"}""", "file");
        var people = string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"name":"P{{i}}","address":"p{{i}}@x.org"}"""));
        await company.AddAsync(
            "thread",
            $$"""{"participants":[{{people}}],"messages":[{"subject":"old","text":"one"},{"subject":"new","text":"two"}]}""",
            "email-thread");
        await company.AddAsync("single", """{"messages":[{"subject":"only","text":"one"}]}""", "email-thread");
        await company.CountIsAsync("", 4);
        var hits = (await company.SearchAsync("")).GetProperty("data").EnumerateArray()
            .ToDictionary(d => d.GetProperty("identifier").GetString()!, d => d.GetProperty("data"));

        Assert.Equal("Anonymous", hits["contact"].GetProperty("name").GetString());
        Assert.Contains(new string('0', 32), hits["contact"].GetProperty("image").GetString(), StringComparison.Ordinal);
        Assert.Equal("report", hits["file"].GetProperty("title").GetString());
        Assert.Equal("pdf", hits["file"].GetProperty("extension").GetString());
        Assert.Equal(3, hits["thread"].GetProperty("participants").GetArrayLength());
        Assert.Equal(5, hits["thread"].GetProperty("participantsCount").GetInt32());
        var thread = await FullAsync(company, "thread");
        Assert.Equal(
            ["new", "old"], thread.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("subject").GetString()));
        Assert.False(thread.GetProperty("singleEmail").GetBoolean());
        Assert.True((await FullAsync(company, "single")).GetProperty("singleEmail").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_check_30_a_rendered_snippet_is_what_the_client_would_render(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("i", """{"title":"A & B \"quoted\"","path":"/a/b.txt","text":"heron <of> the marsh"}""", "document");
        await company.AddAsync("e", """{"subject":"heron","from":[{"name":"Ada","address":"ada@x.org"}],"labels":["red","green"],"text":"body"}""", "email");
        await company.CountIsAsync("search=heron", 2);
        foreach (var identifier in (string[])["i", "e"])
        {
            var id = (await company.Api.Documents.GetAsync(DocumentRef.ByIdentifier(identifier), default)).Id;
            var plain = await company.FirstHitAsync("search=heron&id=" + id);
            var type = plain.GetProperty("document_type");
            var local = Mustache.Render(
                type.GetProperty("templates").GetProperty("snippet").GetString()!, plain.GetProperty("data"));
            var rendered = (await company.FirstHitAsync($"search=heron&render_templates=1&id={id}"))
                .GetProperty("rendered_snippet").GetString()!;
            Assert.StartsWith(
                $"<article class=\"anyfetch-document-snippet anyfetch-type-{type.GetProperty("name").GetString()}\">",
                rendered,
                StringComparison.Ordinal);
            Assert.Equal(Mustache.Text(local), Mustache.Text(rendered));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_check_31_a_broken_projection_does_not_fail_the_search(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var identifiers = new HashSet<string> { "good", "0" };
        foreach (var (index, broken) in ((string[])["{ \"a\": ", "{\"a\":1,}", "{{#if}", "[1]"]).Index())
        {
            var type = await company.PostAsync("document_types", BodyOf(OwnType.Named(snippet: broken)));
            if (type.Status == 200)
            {
                await company.AddAsync($"{index}", """{"title":"heron"}""", type.Text("id"));
                identifiers.Add($"{index}");
            }
        }

        await company.AddAsync("good", """{"title":"heron"}""", "file");
        await company.AddAsync("0", """{"title":"heron"}""");
        await company.CountIsAsync("search=good%20OR%20heron", identifiers.Count);
        await company.CountIsAsync("search=heron&document_type=5252ce4ce4cfcd16f55cfa3b", 1);
        var hits = (await company.SearchAsync("search=heron")).GetProperty("data").EnumerateArray()
            .ToDictionary(d => d.GetProperty("identifier").GetString()!, d => d.GetProperty("data"));
        Assert.Equal("{}", hits["0"].GetRawText());
        Assert.Contains("heron", hits["good"].GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    private static string BodyOf(DocumentTypeCreation type) => new JsonObject
    {
        ["name"] = type.Name,
        ["description"] = type.Description,
        ["es_mapping"] = type.EsMapping.DeepClone(),
        ["projections"] = JsonSerializer.SerializeToNode(type.Projections),
        ["templates"] = JsonSerializer.SerializeToNode(type.Templates),
    }.ToJsonString();

    private static async Task<JsonElement> FullAsync(OwnCompany company, string identifier) =>
        (await company.Api.Documents.GetAsync(DocumentRef.ByIdentifier(identifier), default)).Data!.Value;

    private static HashSet<string> KeysOf(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Search;

/// <summary>The helpers of projections, seen through a type of the test's own (search-and-projection §2).</summary>
public sealed class HelperConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private const string ZeroHash = "00000000000000000000000000000000";

    /// <summary>A projection of one value, the metadata that it reads, and what it gives.</summary>
    private static readonly (string Template, string Metadata, string Expected)[] s_helpers =
    [
        ("{{#list metadata.l}}{{this}}{{/list}}", """{"l":["a","b","c"]}""", "a,b,c"),
        ("{{#list metadata.l sep='/'}}{{this}}{{/list}}", """{"l":["a","b","c"]}""", "a/b/c"),
        ("{{#list metadata.l l=2}}{{this}}{{/list}}", """{"l":["a","b","c"]}""", "a,b"),
        ("{{#list metadata.l}}[{{this}}]{{/list}}", """{"l":"abc"}""", "[abc]"),
        ("{{#list metadata.l}}x{{else}}none{{/list}}", """{"l":[]}""", "none"),
        ("{{#reverseList metadata.l l=2}}{{this}}{{/reverseList}}", """{"l":["a","b","c"]}""", "c,b"),
        ("{{#list metadata.l}}{{#contextLookup ../metadata.m field=@index}}{{looked}}{{/contextLookup}}{{/list}}",
            """{"l":["x","y"],"m":["1","2"]}""", "1,2"),
        ("{{#list metadata.l}}{{#contextLookup ../metadata.m field=@index reverse=true}}{{looked}}{{/contextLookup}}{{/list}}",
            """{"l":["x","y"],"m":["1","2"]}""", "2,1"),
        ("{{#shorten len=4}}Hello{{/shorten}}", "{}", "Hell…"),
        ("{{#shorten len=5}}Hello{{/shorten}}", "{}", "Hello"),
        ("{{gravatar metadata.a}}", """{"a":"Bob@Example.com "}""",
            "https://www.gravatar.com/avatar/4b9bb80620f03eb3719e0a061c14283d?d=mm&s=96"),
        ("{{gravatar metadata.a}}", """{"a":"bob@example.com"}""",
            "https://www.gravatar.com/avatar/4b9bb80620f03eb3719e0a061c14283d?d=mm&s=96"),
        ("{{gravatar metadata.a}}", """{"a":""}""", $"https://www.gravatar.com/avatar/{ZeroHash}?d=mm&s=96"),
        ("{{extractExtension metadata.a}}", """{"a":"/a/b.txt"}""", "txt"),
        ("{{extractExtension metadata.a}}", """{"a":"hello.crx"}""", "_blank"),
        ("{{extractExtension metadata.a}}", """{"a":"nodot"}""", "_blank"),
        ("{{extractFilename metadata.a}}", """{"a":"/root/hello_world.txt"}""", "hello_world"),
        ("{{dateRfc metadata.a}}", """{"a":"1970-01-01"}""", "1970-01-01T00:00:00.000Z"),
        ("{{dateRfc metadata.a}}", """{"a":""}""", ""),
        ("{{hideDomainEmail metadata.a}}", """{"a":"ricard.robin@gmail.com"}""", "ricard.robin"),
        ("{{safeInt metadata.a}}", """{"a":{}}""", "0"),
        ("{{safeInt metadata.a}}", "{}", "0"),
        ("{{attr 'a' 'fallback'}}", "{}", "fallback"),
        ("{{attr 'a'}}", """{"a":"x \"y\" \\"}""", "x &quot;y&quot; \\"),
        ("{{shortAttr 'a'}}", $$"""{"a":"{{Lessers}}<"}""", LessersEscaped + "…"),
    ];

    private static string Lessers => new('<', 200);

    private static string LessersEscaped => string.Concat(Enumerable.Repeat("&lt;", 200));

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_13_14_15_16_17_18_19_20_21_22_23_and_24_helpers_do_as_the_table_says(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var group in s_helpers.GroupBy(h => h.Template))
        {
            var projection = "{\"title\":\"\",\"v\":\"" + group.Key + "\"}";
            var type = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(snippet: projection), default);
            foreach (var (template, metadata, expected) in group)
            {
                var document = await company.AddAsync("i", metadata, type.Id);
                var full = await company.Api.Documents.GetAsync(DocumentRef.ById(document.Id), default);
                Assert.Equal((template, expected), (template, full.Data!.Value.GetProperty("v").GetString()));
                await company.Api.Documents.DeleteAsync(DocumentRef.ById(document.Id), default);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_13_and_25_highlights_come_first_and_terms_of_three_letters_mark_an_object(string target)
    {
        await using var company = await NewCompanyAsync(target);
        const string Projection = """
            {"title":"","a":"{{attr 'a'}}","b":"{{attr 'b'}}","c":"{{attr 'c'}}","is":"{{isHighlight metadata.o}}"}
            """;
        var type = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(snippet: Projection), default);
        var document = await company.Api.Documents.PostAsync(
            new DocumentDraft
            {
                DocumentType = type.Id,
                Metadata = JsonNode.Parse("""{"a":"heron of marsh","b":"metadata","o":{"name":"say hello of"}}""")!.AsObject(),
                Data = JsonNode.Parse("""{"b":"data","c":"data"}""")!.AsObject(),
            },
            default);
        var plain = await ShownAsync("");
        Assert.Equal(("heron of marsh", "metadata", "data", "false"), Values(plain));
        var heron = await ShownAsync("?search=heron");
        Assert.Equal(("<span class=\"anyfetch-hlt\">heron</span> of marsh", "metadata", "data", "false"), Values(heron));
        Assert.Equal("true", (await ShownAsync("?search=hello%20world")).GetProperty("is").GetString());
        Assert.Equal("false", (await ShownAsync("?search=of")).GetProperty("is").GetString());

        async Task<JsonElement> ShownAsync(string query) =>
            (await company.GetAsync($"documents/{document.Id}{query}")).Is(200)["data"];
    }

    private static (string?, string?, string?, string?) Values(JsonElement data) => (
        data.GetProperty("a").GetString(), data.GetProperty("b").GetString(), data.GetProperty("c").GetString(),
        data.GetProperty("is").GetString());
}

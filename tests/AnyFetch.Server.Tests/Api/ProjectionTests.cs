using System.Net;
using System.Text.Json;
using AnyFetch.Api;
using AnyFetch.Api.DocumentTypes;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Rendering;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Server.Hydraters;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Tests.Api;

/// <summary>Projections and templates (search-and-projection §2-§4), without a server.</summary>
public sealed class ProjectionTests
{
    private static readonly DateTimeOffset s_date = new(2014, 3, 21, 16, 15, 4, 813, TimeSpan.Zero);

    private readonly ProjectionEngine _engine =
        new(Options.Create(new ApiOptions()), NullLogger<ProjectionEngine>.Instance);

    [Theory]
    [InlineData("{{attr 'a'}}", """{"a":"x \"y\" <z> \\"}""", "x &quot;y&quot; &lt;z&gt; \\\\")]
    [InlineData("{{{attr 'a'}}}", """{"a":"a\tb"}""", "a\\tb")]
    [InlineData("{{attr 'a' 'none'}}", "{}", "none")]
    [InlineData("{{attr 'a' none}}", "{}", "")]
    [InlineData("{{attr 'a'}}", """{"a":0}""", "")]
    [InlineData("{{a}}{{metadata.a}}", """{"a":"q\"\n"}""", "q&quot;\\n")]
    [InlineData("{{metadata.a}}", """{"a":[1,true,null,"x"]}""", "1,true,,x")]
    [InlineData("{{metadata.a}}", """{"a":{"b":1}}""", "[object Object]")]
    [InlineData("{{metadata.a}} {{metadata.b}} {{metadata.c}}", """{"a":true,"b":false,"c":1.5}""", "true false 1.5")]
    [InlineData("{{metadata.m.[1].t}} {{metadata.m.length}}", """{"m":[{"t":"a"},{"t":"b"}]}""", "b 2")]
    [InlineData("{{#each metadata.a}}{{../query}}{{this}}{{@index}}{{/each}}", """{"a":["x","y"]}""", "x0y1")]
    [InlineData("{{#if metadata.a}}1{{else}}0{{/if}}{{#unless metadata.b}}1{{/unless}}", """{"a":[],"b":0}""", "01")]
    [InlineData("a {{~metadata.a~}} b", """{"a":"x"}""", "axb")]
    [InlineData("{{shortAttr 'a'}}", """{"a":"<<<<<<<<<<<<"}""", "&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;…")]
    [InlineData("{{htmlAttr 'a'}}", """{"a":"<b>\"</b>"}""", "<b>\\\"</b>")]
    [InlineData("{{#list metadata.a}}{{this}}{{/list}}", """{"a":["a","b","c"]}""", "a,b,c")]
    [InlineData("{{#list metadata.a sep='/'}}{{this}}{{/list}}", """{"a":["a","b","c"]}""", "a/b/c")]
    [InlineData("{{#list metadata.a l=2}}{{this}}{{@index}}{{@first}}{{@last}}{{/list}}", """{"a":["a","b","c"]}""",
        "a0truefalse,b1falsetrue")]
    [InlineData("{{#list metadata.a}}{{this}}{{@index}}{{@last}}{{/list}}", """{"a":"abc"}""", "abc0true")]
    [InlineData("{{#list metadata.a}}x{{else}}none{{/list}}", """{"a":[]}""", "none")]
    [InlineData("{{#list metadata.a}}x{{else}}none{{/list}}", "{}", "none")]
    [InlineData("{{#list metadata.a}}{{n}}{{/list}}", """{"a":{"n":"one"}}""", "one")]
    [InlineData("{{#reverseList metadata.a l=2}}{{this}}{{/reverseList}}", """{"a":["a","b","c"]}""", "c,b")]
    [InlineData("{{#first metadata.a}}{{this}}{{else}}-{{/first}}", """{"a":["a","b"]}""", "a")]
    [InlineData("{{#last metadata.a}}{{this}}{{else}}-{{/last}}", """{"a":["a","b"]}""", "b")]
    [InlineData("{{#first metadata.a}}{{this}}{{else}}-{{/first}}", """{"a":[0,"b"]}""", "-")]
    [InlineData("{{#first metadata.a}}{{this}}{{else}}-{{/first}}", """{"a":"text"}""", "text")]
    [InlineData("{{#first metadata.a}}{{this}}{{else}}-{{/first}}", """{"a":7}""", "-")]
    [InlineData("{{#first metadata.a}}{{this}}{{else}}-{{/first}}", "{}", "-")]
    [InlineData("{{#list metadata.a}}{{#contextLookup ../metadata.b field=@index}}{{looked}}{{/contextLookup}}{{/list}}",
        """{"a":["x","y"],"b":["1","2"]}""", "1,2")]
    [InlineData("{{#list metadata.a}}{{#contextLookup @root.metadata.b field=@index reverse=true}}{{looked}}{{/contextLookup}}{{/list}}",
        """{"a":["x","y"],"b":["1","2"]}""", "2,1")]
    [InlineData("{{#contextLookup metadata field='b'}}{{looked}}{{/contextLookup}}{{looked}}", """{"b":"v"}""", "v")]
    [InlineData("{{#contextLookup metadata.none field='b'}}[{{looked}}]{{/contextLookup}}", "{}", "[]")]
    [InlineData("{{#shorten len=4}}Hello{{/shorten}}", "{}", "Hell…")]
    [InlineData("{{#shorten len=4}}Hell{{/shorten}}", "{}", "Hell")]
    [InlineData("{{#shorten len=4}}{{metadata.a}}{{/shorten}}", """{"a":"abc\nde"}""", "abc…")]
    [InlineData("{{#shorten len=4}}{{metadata.a}}{{/shorten}}", """{"a":"ab<cd"}""", "ab…")]
    [InlineData("{{#trim}}  a   b {{/trim}}", "{}", "a b")]
    [InlineData("{{#escapeQuotes}}a\"b{{/escapeQuotes}}", "{}", "a\\\"b")]
    [InlineData("{{#toBr}}{{metadata.a}}{{/toBr}}", """{"a":"x\r\ny\nz\\nw"}""", "x<br>y<br>z\\\\nw")]
    [InlineData("{{gravatar metadata.a}}", """{"a":"Bob@Example.com "}""",
        "https://www.gravatar.com/avatar/4b9bb80620f03eb3719e0a061c14283d?d=mm&s=96")]
    [InlineData("{{gravatar metadata.a}}", "{}",
        "https://www.gravatar.com/avatar/00000000000000000000000000000000?d=mm&s=96")]
    [InlineData("{{extractExtension metadata.a}}", """{"a":"/a/b.txt"}""", "txt")]
    [InlineData("{{extractExtension metadata.a}}", """{"a":"hello.crx"}""", "_blank")]
    [InlineData("{{extractExtension metadata.a}}", """{"a":"nodot"}""", "_blank")]
    [InlineData("{{extractFilename metadata.a}}", """{"a":"/root/hello_world.txt"}""", "hello_world")]
    [InlineData("{{dateRfc metadata.a}}", """{"a":"1970-01-01"}""", "1970-01-01T00:00:00.000Z")]
    [InlineData("{{dateRfc metadata.a}}{{dateRfc metadata.b}}", """{"b":"rubbish"}""", "")]
    [InlineData("{{dateRfc creation_date}}", "{}", "2014-03-21T16:15:04.813Z")]
    [InlineData("{{hideDomainEmail metadata.a}}", """{"a":"ricard.robin@gmail.com"}""", "ricard.robin")]
    [InlineData("{{hideDomainEmail metadata.a}}", """{"a":"nobody"}""", "nobody")]
    [InlineData("{{safeInt metadata.a}} {{safeInt metadata.b}} {{safeInt metadata.c}}", """{"a":{},"c":"12 apples"}""", "0 0 12")]
    [InlineData("{{> title}}", """{"title":"T\"","path":"/a/b.txt"}""", "\"T&quot;\"")]
    [InlineData("{{> title}}", """{"path":"/a/b.txt"}""", "\"b\"")]
    [InlineData("\"{{> title}}\"", "{}", "\"Unknown document: no path.\"")]
    [InlineData("{{> contact-name}}", """{"email":[{"email":"a@b.c"}]}""", "\"a@b.c\"")]
    [InlineData("{{> contact-name}}", "{}", "\"Anonymous\"")]
    public void Helpers_and_partials_do_as_specified(string template, string metadata, string expected) =>
        Assert.Equal(expected, Output(template, metadata, query: ""));

    [Fact]
    public void Brackets_that_a_hydrater_escaped_are_shown_as_brackets()
    {
        var mail = Project("email", DocumentView.Snippet, "{\"subject\":\"5 &lt; 7 & <b>\"}");
        Assert.Equal("5 &lt; 7 &amp; &lt;b&gt;", mail.GetProperty("subject").GetString());
    }

    [Fact]
    public void Projection_check_13_highlight_wins_over_metadata_over_data()
    {
        var highlight = new Dictionary<string, string> { ["a"] = " <span class=\"anyfetch-hlt\">m</span> " };
        Assert.Equal(
            "<span class=\\\"anyfetch-hlt\\\">m</span>",
            Output("{{attr 'a'}}", """{"a":"plain"}""", "m", highlight));
        Assert.Equal("plain", Output("{{attr 'a'}}", """{"a":"plain"}""", "", data: """{"a":"data"}"""));
        Assert.Equal("data", Output("{{attr 'a'}}", "{}", "", data: """{"a":"data"}"""));
    }

    [Theory]
    [InlineData("hello world", "true")]
    [InlineData("he", "false")]
    [InlineData("HELLO", "true")]
    [InlineData("\"hello", "false")]
    [InlineData("", "false")]
    [InlineData("NOT hello", "false")]
    [InlineData("other AND words", "false")]
    public void Projection_check_25_a_term_of_three_letters_highlights_an_object(string query, string expected) =>
        Assert.Equal(expected, Output("{{isHighlight metadata.a}}", """{"a":{"name":"say hello"}}""", query));

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Projection_check_12_titles_keys_are_in_snippet_and_full(string name)
    {
        var type = BuiltInDocumentTypeCatalog.All.Single(t => t.Name == name);
        var title = Project(type, DocumentView.Title, "{}");
        Assert.NotEmpty(title.EnumerateObject());
        foreach (var view in new[] { DocumentView.Snippet, DocumentView.Full })
        {
            var keys = Project(type, view, "{}").EnumerateObject().Select(p => p.Name).ToHashSet();
            Assert.Superset(title.EnumerateObject().Select(p => p.Name).ToHashSet(), keys);
        }
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Hostile_metadata_never_breaks_a_projection_or_escapes_its_template(string name)
    {
        const string Evil = "\\\"'`<script>alert(1)</script>\\\\u0022\\r\\n{{x}}\\u0001";
        var person = $$"""{"name":"{{Evil}}","address":"{{Evil}}","mail":"{{Evil}}"}""";
        var metadata = $$"""
            {"title":"{{Evil}}","path":"/{{Evil}}.pdf","text":"{{Evil}}","name":"{{Evil}}","subject":"{{Evil}}",
             "description":"{{Evil}}","location":"{{Evil}}","organizer":{{person}},"attendee":[{{person}}],
             "from":[{{person}}],"to":{{person}},"cc":"{{Evil}}","participants":[{{person}},{{person}}],
             "labels":["{{Evil}}",{"name":"{{Evil}}","color":"{{Evil}}"}],"attachmentsCount":"{{Evil}}",
             "messages":[{"subject":"{{Evil}}","text":"{{Evil}}","from":[{{person}}]}],"image":"{{Evil}}",
             "thumb":"{{Evil}}","email":[{"email":"{{Evil}}"}],"phone":["{{Evil}}"],"website":["{{Evil}}"],
             "comments":[{"text":"{{Evil}}"}],"checklists":[{"name":"{{Evil}}","checkItems":[{"name":"{{Evil}}"}]}]}
            """;
        var data = $$"""{"text":"{{Evil}}","display":"{{Evil}}","html":"<p onclick='x()'>{{Evil}}</p>"}""";
        var type = BuiltInDocumentTypeCatalog.All.Single(t => t.Name == name);
        var renderer = new TemplateRenderer(
            new LibraryHtmlSanitizer(), Options.Create(new ApiOptions()), NullLogger<TemplateRenderer>.Instance);
        foreach (var view in Enum.GetValues<DocumentView>())
        {
            var projected = _engine.Project(type, view, Input(metadata, "", data: data, view: view));
            using var json = JsonDocument.Parse(projected);
            Assert.NotEmpty(json.RootElement.EnumerateObject());
            var html = renderer.Render(type, view, projected);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("onclick", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Projection_check_26_a_contact_without_name_is_Anonymous_with_the_zero_hash()
    {
        var contact = Project("contact", DocumentView.Snippet, "{}");
        Assert.Equal("Anonymous", contact.GetProperty("name").GetString());
        Assert.Contains("00000000000000000000000000000000", contact.GetProperty("image").GetString(), StringComparison.Ordinal);
        Assert.Equal("", contact.GetProperty("job").GetString());
    }

    [Fact]
    public void Projection_check_27_a_file_is_named_after_its_path()
    {
        var file = Project("file", DocumentView.Snippet, """{"path":"/x/report.pdf"}""");
        Assert.Equal("report", file.GetProperty("title").GetString());
        Assert.Equal("pdf", file.GetProperty("extension").GetString());
    }

    [Fact]
    public void Projection_check_28_a_thread_snippet_lists_three_participants_of_all()
    {
        var people = string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"name":"P{{i}}","address":"p{{i}}@x.org"}"""));
        var thread = Project("email-thread", DocumentView.Snippet, $$"""{"participants":[{{people}}]}""");
        Assert.Equal(3, thread.GetProperty("participants").GetArrayLength());
        Assert.Equal("p0", thread.GetProperty("participants")[0].GetProperty("address").GetString());
        Assert.Equal(5, thread.GetProperty("participantsCount").GetInt32());
    }

    [Fact]
    public void Projection_check_29_a_thread_lists_messages_newest_first()
    {
        const string Metadata = """{"messages":[{"subject":"old","text":"one"},{"subject":"new","text":"two"}]}""";
        var thread = Project("email-thread", DocumentView.Full, Metadata, """{"messages":[{"html":"<p>first</p>"},{"html":"<p>second</p>"}]}""");
        var messages = thread.GetProperty("messages");
        Assert.Equal("new", messages[0].GetProperty("subject").GetString());
        Assert.Equal("<p>second</p>", messages[0].GetProperty("html").GetString());
        Assert.Equal("<p>first</p>", messages[1].GetProperty("html").GetString());
        Assert.False(thread.GetProperty("singleEmail").GetBoolean());
        var single = Project("email-thread", DocumentView.Full, """{"messages":[{"subject":"only","text":"a\nb"}]}""");
        Assert.True(single.GetProperty("singleEmail").GetBoolean());
        Assert.Equal("a<br>b", single.GetProperty("messages")[0].GetProperty("html").GetString());
    }

    [Theory]
    [InlineData("{ \"a\": ")]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("[1]")]
    [InlineData("{{#if}")]
    [InlineData("{{nohelper 'x'}}")]
    public void Projection_check_31_a_broken_projection_gives_an_empty_object(string projection) =>
        Assert.Equal("{}", Project(Type(projection), DocumentView.Snippet, "{}").GetRawText());

    [Fact]
    public void A_projection_that_writes_without_end_is_cut_off()
    {
        var engine = new ProjectionEngine(
            Options.Create(new ApiOptions { ProjectionCharsMax = 1000 }), NullLogger<ProjectionEngine>.Instance);
        var type = Type("{ \"a\": \"{{#each metadata.a}}{{#each ../metadata.a}}xxxxxxxxxx{{/each}}{{/each}}\" }");
        var many = "{\"a\":[" + string.Join(',', Enumerable.Range(0, 100)) + "]}";
        Assert.Equal("{}"u8.ToArray(), engine.Project(type, DocumentView.Title, Input(many, "")).ToArray());
    }

    [Fact]
    public void Projection_check_30_a_rendered_snippet_is_the_article_of_its_type()
    {
        var type = BuiltInDocumentTypeCatalog.All.Single(t => t.Name == "document");
        var projected = _engine.Project(type, DocumentView.Snippet, Input("""{"title":"A & B","text":"body"}""", ""));
        var renderer = new TemplateRenderer(
            new LibraryHtmlSanitizer(), Options.Create(new ApiOptions()), NullLogger<TemplateRenderer>.Instance);
        var html = renderer.Render(type, DocumentView.Snippet, projected);
        Assert.StartsWith("<article class=\"anyfetch-document-snippet anyfetch-type-document\">", html, StringComparison.Ordinal);
        Assert.Contains("A &amp; B", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_companys_own_template_keeps_its_classes_and_loses_its_scripts()
    {
        var type = BuiltInDocumentTypeCatalog.All.Single(t => t.Name == "document") with
        {
            Owner = new CompanyId(new ObjectId(1, 1)),
        };
        var renderer = new TemplateRenderer(
            new LibraryHtmlSanitizer(), Options.Create(new ApiOptions()), NullLogger<TemplateRenderer>.Instance);
        var html = renderer.Render(
            type with { Templates = type.Templates with { Snippet = Template } }, DocumentView.Snippet, "{}"u8.ToArray());
        Assert.Equal("<h1 class=\"anyfetch-title\">a</h1>", html);
    }

    private const string Template = "<h1 class=\"anyfetch-title\" onclick=\"x()\">a</h1><script>x()</script>";

    public static TheoryData<string> BuiltIn() => [.. BuiltInDocumentTypeCatalog.All.Select(t => t.Name)];

    private string Output(
        string template,
        string metadata,
        string query,
        Dictionary<string, string>? highlight = null,
        string? data = null) =>
        _engine.Write(template, Input(metadata, query, highlight, data, DocumentView.Full));

    private JsonElement Project(string type, DocumentView view, string metadata, string? data = null) =>
        Project(BuiltInDocumentTypeCatalog.All.Single(t => t.Name == type), view, metadata, data);

    private JsonElement Project(DocumentType type, DocumentView view, string metadata, string? data = null)
    {
        using var json = JsonDocument.Parse(_engine.Project(type, view, Input(metadata, "", data: data, view: view)));
        return json.RootElement.Clone();
    }

    private static DocumentType Type(string projection) => new()
    {
        Id = new DocumentTypeId(ObjectId.New(s_date)),
        Name = "custom",
        Description = "",
        Projections = new ViewTexts(projection, projection, projection),
        Templates = new ViewTexts("", "", ""),
        Mapping = JsonFields.Empty,
    };

    private static ProjectionInput Input(
        string metadata,
        string query,
        Dictionary<string, string>? highlight = null,
        string? data = null,
        DocumentView view = DocumentView.Snippet)
    {
        var document = new Document
        {
            Id = new DocumentId(ObjectId.New(s_date)),
            Company = new CompanyId(ObjectId.New(s_date)),
            Provider = new AccessTokenId(ObjectId.New(s_date)),
            Identifier = Identifier.Parse("x"),
            Type = BuiltInDocumentTypes.File,
            CreationDate = s_date,
            ModificationDate = s_date,
            Metadata = JsonFields.FromText(metadata),
            Data = data is null ? JsonFields.Empty : JsonFields.FromText(data),
        };
        var inputs = new ProjectionInputs(new Marks(highlight ?? []), new LibraryHtmlSanitizer());
        return inputs.Create(document, view, inputs.Prepare(query, 10));
    }

    /// <summary>Gives the marks of the test.</summary>
    private sealed class Marks(Dictionary<string, string> marks) : IHighlighter, IQueryHighlighter
    {
        public IQueryHighlighter ForQuery(string? query) => this;

        public IReadOnlyDictionary<string, string> Highlight(Document document, int snippetChars) => marks;

        public string HighlightHtml(string html) => html;

        public string HighlightText(string text) => WebUtility.HtmlEncode(text);
    }
}

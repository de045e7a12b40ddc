using System.Net;
using AngleSharp.Html.Dom;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Tests.Api;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The page on the search index.</summary>
public sealed class IndexPageTests : ApiTest
{
    [Fact]
    public async Task Administrators_see_what_the_index_holds_and_others_do_not()
    {
        for (var i = 0; i < 3; i++)
        {
            (await PostAsync("/documents", $$$"""{"identifier":"{{{i}}}","metadata":{"title":"x"}}""")).Is(200);
        }

        await Eventually.TrueAsync(
            async () => (await GetAsync("/documents")).Is(200).Json.GetProperty("count").GetInt32() == 3,
            TimeSpan.FromSeconds(60),
            "three documents are found");
        using var browser = await Browser.SignedInAsync(Server);

        var page = await UpToDateAsync(browser);

        Assert.Equal("3", page.QuerySelector("dl.facts dd")!.TextContent);
        await Server.AddUserAsync("member@example.org");
        using var member = await Browser.SignedInAsync(Server, "member@example.org");
        using var refused = await member.GetAsync("/manager/index");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Null((await member.OpenAsync("/manager")).QuerySelector("a[href='/manager/index']"));
    }

    [Fact]
    public async Task Documents_that_could_not_be_indexed_are_told_to_administrators_and_to_the_operator()
    {
        var posted = (await PostAsync("/documents", """{"identifier":"broken","metadata":{"title":"x"}}""")).Is(200);
        var id = new DocumentId(ObjectId.Parse(posted.Json.GetProperty("id").GetString()!));
        using var browser = await Browser.SignedInAsync(Server);
        await Eventually.TrueAsync(
            async () => (await GetAsync("/documents")).Is(200).Json.GetProperty("count").GetInt32() == 1, what: "it is found");
        await UpToDateAsync(browser);
        var feed = Server.Get<IChangeFeed>();
        var end = await feed.GetEndAsync(default);
        var entry = (await feed.ReadAsync(FeedPosition.Start, 100, null, default)).Single(e => e.Id == id);
        var broken = entry.Document! with { Metadata = JsonFields.FromTrusted("{\"title\":\"<b>"u8.ToArray()) };
        await Server.Get<ISearchIndex>().ApplyAsync(
            entry.Company,
            [entry with { Position = new FeedPosition(end.Transaction + 1, end.Sequence + 1), Document = broken }],
            default);

        var page = await browser.OpenAsync("/manager/index");
        var told = await GetAsync("/operator/unindexed", $"Operator {OperatorKey.TryRead(Server.Data)}");

        Assert.Equal(id.ToString(), page.QuerySelector("ul.rows code")!.TextContent);
        Assert.Contains("JsonReaderException", page.QuerySelector("ul.rows li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(id.ToString(), told.Is(200).Json.EnumerateArray().Single().GetProperty("id").GetString());
    }

    /// <summary>The page once the index has taken everything: what is found may be there before that is known.</summary>
    private static async Task<IHtmlDocument> UpToDateAsync(Browser browser)
    {
        IHtmlDocument page = null!;
        await Eventually.TrueAsync(
            async () => (page = await browser.OpenAsync("/manager/index")).QuerySelector("[role=status]")!.TextContent
                .Contains("up to date", StringComparison.Ordinal),
            what: "the index is up to date");
        return page;
    }
}

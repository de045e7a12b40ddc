using System.Net;
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
            TimeSpan.FromSeconds(30),
            "three documents are found");
        using var browser = await Browser.SignedInAsync(Server);

        var page = await browser.OpenAsync("/manager/index");

        Assert.Equal("3", page.QuerySelector("dl.facts dd")!.TextContent);
        Assert.Contains("up to date", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        await Server.AddUserAsync("member@example.org");
        using var member = await Browser.SignedInAsync(Server, "member@example.org");
        using var refused = await member.GetAsync("/manager/index");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Null((await member.OpenAsync("/manager")).QuerySelector("a[href='/manager/index']"));
    }
}

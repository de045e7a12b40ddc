using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

public sealed partial class FrontendTests
{
    [Theory]
    [InlineData("/app")]
    [InlineData("/app/js/app.js")]
    [InlineData("/sign_in")]
    [InlineData("/sign_up")]
    public async Task Pages_forbid_inline_scripts_frames_and_referrers(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Http.GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_here()
    {
        await using var server = await TestServer.StartAsync();
        var page = await server.Http.GetStringAsync("/app");
        var named = Reference().Matches(page).Select(m => m.Groups[1].Value).ToHashSet();
        var scripts = new Queue<string>(named.Where(n => n.EndsWith(".js", StringComparison.Ordinal)));
        while (scripts.TryDequeue(out var script))
        {
            foreach (Match import in Import().Matches(await server.Http.GetStringAsync(script)))
            {
                var imported = $"/app/js/{import.Groups[1].Value}";
                if (named.Add(imported))
                {
                    scripts.Enqueue(imported);
                }
            }
        }

        Assert.True(named.Count > 25, $"Only {named.Count} files were found.");
        foreach (var name in named)
        {
            using var answer = await server.Http.GetAsync(name);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{name}: {answer.StatusCode}");
        }

        Assert.DoesNotContain("://", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("<script>|style=|onclick", page);
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.Http.GetAsync("/app/css/base.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app/css/base.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await server.Http.SendAsync(request);

        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/app/nothing.js")]
    [InlineData("/app/../appsettings.json")]
    [InlineData("/app/%2e%2e/secret")]
    [InlineData("/app/index.html")]
    public async Task Nothing_else_is_served(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Browsers_learn_how_to_search_here()
    {
        await using var server = await TestServer.StartAsync();

        var description = XDocument.Parse(await server.Http.GetStringAsync("/app/opensearch.xml"));
        var template = description.Root!.Elements().Single(e => e.Name.LocalName == "Url").Attribute("template")!.Value;

        Assert.Equal($"{server.Url}app?q={{searchTerms}}", template);
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"#?]+\\.[a-z]+)")]
    private static partial Regex Reference();

    [GeneratedRegex("from '\\./([a-z]+\\.js)'")]
    private static partial Regex Import();
}

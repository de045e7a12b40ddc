using AngleSharp.Dom;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>
/// The person who connected a source, before its page in the manager: answers when so much is missing that the provider asks
/// first, and asks for an update when nothing is at work. A notice of the system may be lost with the process that waited for
/// it; a run finds what it would have told.
/// </summary>
internal sealed class SourceOwner : IDisposable
{
    private readonly Browser _browser;
    private readonly string _page;

    private SourceOwner(Browser browser, string page) => (_browser, _page) = (browser, page);

    /// <summary>How often the provider had a question.</summary>
    public int Questions { get; private set; }

    /// <summary>What the page said last.</summary>
    public string State { get; private set; } = "not looked at";

    /// <summary>Signs in at a server that has one source.</summary>
    public static async Task<SourceOwner> SignInAsync(ServerChild server, AnyFetchClient api)
    {
        var browser = new Browser(server.Url);
        using var answer = await browser.SignInAsync(TestServer.AdminEmail, TestServer.AdminPassword);
        var source = Assert.Single(await api.Providers.ListAsync(default), provider => !provider.IsBasicToken);
        return new SourceOwner(browser, $"/manager/sources/{source.Id}");
    }

    /// <summary>Looks at the page, and presses what is to be pressed.</summary>
    public async Task LookAfterAsync()
    {
        var page = await _browser.OpenAsync(_page);
        State = page.QuerySelector("dl.facts dd")?.TextContent ?? "unknown: " + page.Body!.TextContent;
        if (State is not ("waiting for your answer" or "up to date") && !State.StartsWith("the last run failed", StringComparison.Ordinal))
        {
            return;
        }

        const string Question = "form[action$='/do/prune']";
        var isAsked = page.QuerySelector(Question) is not null;
        Questions += isAsked ? 1 : 0;
        using var answer = await _browser.SubmitAsync(page, isAsked ? Question : "form[action$='/do/update']");
    }

    public void Dispose() => _browser.Dispose();
}

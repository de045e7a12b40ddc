using System.Net;
using AngleSharp.Html.Dom;
using AnyFetch.Client;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Hydration.Workers;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The pages on hydration: which hydraters work, what they could not read, running them again.</summary>
public sealed class HydrationPageTests : IAsyncLifetime
{
    private const string Page = "/manager/hydration";

    private readonly FakeHydrater _broken = new("broken", unavailable: null);
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(services => services
            .AddSingleton<IInProcessHydrater>(_broken)
            .AddSingleton<IInProcessHydrater>(new FakeHydrater("lame", unavailable: "The program crutch is not installed.")));
        foreach (var name in new[] { "broken", "lame" })
        {
            await _server.Get<IHydraterStore>().PutAsync(Registration(name), default);
        }

        _server.Get<HydraterCatalog>().Invalidate();
        var companies = _server.Get<ICompanyStore>();
        var company = (await companies.FindAsync(_server.AdminUser.Company, default))!;
        await companies.UpdateAsync(company with { Hydraters = [FakeHydrater.UrlOf("broken"), FakeHydrater.UrlOf("lame")] }, default);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Administrators_see_which_hydraters_work_and_why_others_do_not()
    {
        using var browser = await Browser.SignedInAsync(_server);
        var page = await browser.OpenAsync(Page);
        Assert.Contains("works", Row(page, "broken"), StringComparison.Ordinal);
        Assert.Contains("The program crutch is not installed.", Row(page, "lame"), StringComparison.Ordinal);
        await _server.AddUserAsync("member@example.org");
        using var member = await Browser.SignedInAsync(_server, "member@example.org");
        foreach (var path in new[] { Page, Page + "/failed", Page + "/settings" })
        {
            using var refused = await member.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Administrators_say_how_their_documents_are_hydrated()
    {
        using var browser = await Browser.SignedInAsync(_server);
        var companies = _server.Get<ICompanyStore>();
        using var saved = await browser.SubmitAsync(
            await browser.OpenAsync(Page + "/settings"),
            ("languages", "deu+chi_sim, fra"), ("junk_names", "*.iso\r\n\r\n ~$* \r\n"), ("keeps_folders", "true"), ("callback_seconds", "60"),
            ("keep_originals", "true"));
        Assert.Equal(Page, saved.Headers.Location!.OriginalString);
        var said = new CompanyHydration
        {
            Languages = ["deu", "chi_sim", "fra"], JunkNames = ["*.iso", "~$*"], JunkFolders = [], CallbackSeconds = 60, KeepsOriginals = true,
        };
        Assert.Equivalent(said, (await companies.FindAsync(_server.AdminUser.Company, default))!.Hydration, strict: true);

        // The page shows what was said, so that saving it as it is changes nothing.
        using var again = await browser.SubmitAsync(await browser.OpenAsync(Page + "/settings"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equivalent(said, (await companies.FindAsync(_server.AdminUser.Company, default))!.Hydration, strict: true);

        foreach (var (name, value) in new[] { ("languages", "../eng"), ("junk_names", "*"), ("junk_folders", "a/b"), ("callback_seconds", "soon") })
        {
            using var refused = await browser.SubmitAsync(await browser.OpenAsync(Page + "/settings"), ("keeps_folders", ""), (name, value));
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("must be", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var emptied = await browser.SubmitAsync(
            await browser.OpenAsync(Page + "/settings"),
            ("languages", ""), ("junk_names", ""), ("keeps_folders", ""), ("callback_seconds", ""), ("keep_originals", ""));
        Assert.Equal(HttpStatusCode.Redirect, emptied.StatusCode);
        Assert.Same(CompanyHydration.Unsaid, (await companies.FindAsync(_server.AdminUser.Company, default))!.Hydration);
    }

    [Fact]
    public async Task What_could_not_be_read_is_listed_with_the_reason_and_can_be_tried_again()
    {
        var other = await _server.AddUserAsync("other@example.org");
        await SendAsync("/a.txt");
        await SendAsync("/hidden.txt", other.Id.ToString());
        await SendAsync("/elsewhere.txt", company: await _server.AddCompanyAsync("elsewhere@example.org"));
        using var browser = await Browser.SignedInAsync(_server);
        IHtmlDocument page = null!;
        await Eventually.TrueAsync(async () =>
        {
            page = await browser.OpenAsync(Page + "/failed");
            return page.QuerySelector("p.muted")!.TextContent.StartsWith("2 in all", StringComparison.Ordinal);
        });
        Assert.Equal(["/a.txt broken It is unreadable."], Rows(page).Select(row => string.Join(' ', row.Take(3))));

        _broken.IsMended = true;
        using var answer = await browser.SubmitAsync(page, "table form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await Eventually.TrueAsync(async () => !Rows(await browser.OpenAsync(Page + "/failed")).Any());
    }

    [Fact]
    public async Task A_hydrater_runs_again_over_all_documents()
    {
        _broken.IsMended = true;
        for (var i = 0; i < 3; i++)
        {
            await SendAsync($"/{i}.txt");
        }

        await Eventually.TrueAsync(() => _broken.Runs == 3);
        using var browser = await Browser.SignedInAsync(_server);
        using var answer = await browser.SubmitAsync(await browser.OpenAsync(Page), "table form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await Eventually.TrueAsync(() => _broken.Runs == 6);
        await Eventually.TrueAsync(async () => (await browser.OpenAsync(Page)).QuerySelector("[role=status]")!.TextContent
            .Contains("began 3 of 3 documents again", StringComparison.Ordinal));
    }

    private static string Row(IHtmlDocument page, string name) =>
        string.Join(' ', Rows(page).Single(row => row[0] == name));

    private static IEnumerable<List<string>> Rows(IHtmlDocument page) => page.QuerySelectorAll("tbody tr")
        .Select(row => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList());

    private static Core.Hydraters.Hydrater Registration(string name) => new()
    {
        Id = new HydraterId(ObjectId.New(TimeProvider.System.GetUtcNow())),
        Url = FakeHydrater.UrlOf(name),
        ShortName = name,
        Description = "A test's own.",
        Filters = "[{}]",
    };

    private async Task SendAsync(string path, string? reader = null, Core.Users.User? company = null)
    {
        var draft = new DocumentDraft
        {
            Identifier = path, Metadata = new() { ["path"] = path }, UserAccess = reader is null ? null : [reader],
        };
        await _server.ClientOf((await _server.AddTokenAsync(company ?? _server.AdminUser)).Secret).Documents.SendAsync(draft, default);
    }

    private sealed class FakeHydrater(string name, string? unavailable) : IInProcessHydrater
    {
        private int _runs;

        public bool IsMended { get; set; }

        public int Runs => Volatile.Read(ref _runs);

        public string Url => UrlOf(name);

        public string ShortName => name;

        public int Concurrency => 1;

        public TimeSpan Timeout => TimeSpan.FromSeconds(30);

        public string? Unavailable => unavailable;

        public static string UrlOf(string name) => $"http://127.0.0.1:1/hydraters/{name}/hydrate";

        public Task<HydraterOutcome> RunAsync(HydrationTask task, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            return Task.FromResult(
                IsMended ? HydraterOutcome.Nothing : HydraterOutcome.Failed("It is unreadable.", isPermanent: true));
        }
    }
}

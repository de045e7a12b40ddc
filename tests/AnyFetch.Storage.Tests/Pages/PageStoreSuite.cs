using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;
using AnyFetch.Core.Pages;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Pages;

public abstract class PageStoreSuite(StoreHost host) : StoreSuite(host)
{
    private IPageStore Pages => Host.Get<IPageStore>();

    private DocumentKey Key(string identifier) =>
        DocumentKey.ByIdentifier(Company, Provider, Identifier.Parse(identifier));

    private PageStep Put(int line, string identifier, string json = "{}")
    {
        var document = NewDocument(identifier, json);
        return new PageStep(line, Key(identifier), stored =>
            DocumentDecision.Put(stored is null ? document : stored with { Metadata = document.Metadata }, (Error?)null));
    }

    private PageStep Delete(int line, string identifier) => new(line, Key(identifier), stored => stored is null
        ? DocumentDecision.None((Error?)null)
        : DocumentDecision.Delete((Error?)null));

    private DocumentPage Page(string key, params PageStep[] steps) => new()
    {
        Company = Company,
        Provider = Provider,
        Key = key,
        Digest = new byte[] { (byte)steps.Length },
        Steps = steps,
        SentAt = Host.Time.GetUtcNow(),
    };

    private async Task<PageReceipt> ApplyAsync(DocumentPage page)
    {
        var outcome = await Pages.ApplyAsync(page, None);
        Assert.Null(outcome.Error);
        return outcome.Receipt!;
    }

    private async Task<Document?> FindAsync(string identifier) => await Documents.FindAsync(Key(identifier), None);

    [Fact]
    public async Task A_page_creates_changes_and_deletes_in_one_go_and_in_the_feed()
    {
        Assert.Equal(new PageReceipt(3, 0, 0, 1, 0), await ApplyAsync(Page("1", Put(1, "a"), Put(2, "b"), Put(3, "c"), Delete(4, "d"))));
        var before = await FindAsync("a");
        Assert.Equal(
            new PageReceipt(1, 1, 1, 0, 0), await ApplyAsync(Page("2", Put(1, "a", """{"x":1}"""), Delete(2, "b"), Put(3, "e"))));
        Assert.Equal((before!.Id, """{"x":1}"""), ((await FindAsync("a"))!.Id, (await FindAsync("a"))!.Metadata.ToString()));
        Assert.Null(await FindAsync("b"));
        var feed = await ReadFeedAsync(4);
        Assert.Equal((4, 1), (feed.Count, feed.Count(entry => entry.Document is null)));
    }

    [Fact]
    public async Task A_refused_step_leaves_everything_as_it_was()
    {
        var refused = new PageStep(7, Key("b"), _ => DocumentDecision.None<Error?>(Error.InvalidArgument("no")));
        var outcome = await Pages.ApplyAsync(Page("1", Put(1, "a"), refused, Put(9, "c")) with { Checkpoint = "c1" }, None);
        Assert.Equal((null, 7, "no"), (outcome.Receipt, outcome.Line, outcome.Error!.Message));
        Assert.Null(await FindAsync("a"));
        Assert.Equal(0, (await Pages.FindStateAsync(Company, Provider, None)).Pages);

        // The key was not used up.
        await ApplyAsync(Page("1", Put(1, "a")));
    }

    [Fact]
    public async Task A_step_that_fails_in_the_middle_takes_the_whole_page_back()
    {
        var wrong = NewDocument("other");
        var broken = new PageStep(2, Key("b"), _ => DocumentDecision.Put(wrong, (Error?)null));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Pages.ApplyAsync(Page("1", Put(1, "a"), broken), None));
        Assert.Null(await FindAsync("a"));
        Assert.Equal(PageState.None, await Pages.FindStateAsync(Company, Provider, None));
    }

    [Fact]
    public async Task Receipts_are_kept_for_the_last_pages()
    {
        for (var n = 0; n <= IPageStore.ReceiptsMax; n++)
        {
            await ApplyAsync(Page($"{n}", Put(1, "a")));
        }

        Assert.True((await Pages.ApplyAsync(Page("1", Put(1, "a")), None)).IsReplay);
        Assert.Equal(new PageReceipt(0, 1, 0, 0, 0), (await Pages.ApplyAsync(Page($"{IPageStore.ReceiptsMax}", Put(1, "a")), None)).Receipt);
        var oldest = await Pages.ApplyAsync(Page("0", Put(1, "a")), None);
        Assert.Equal((false, 1), (oldest.IsReplay, oldest.Receipt!.Updated));
        Assert.Equal(IPageStore.ReceiptsMax + 2, (await Pages.FindStateAsync(Company, Provider, None)).Pages);
    }

    [Fact]
    public async Task Failures_are_bounded_and_the_newest_stay()
    {
        var failures = Enumerable.Range(0, IPageStore.FailuresMax + 5)
            .Select(n => new PageFailure($"i{n}", null, "Unreadable", "m", Host.Time.GetUtcNow())).ToList();
        await ApplyAsync(Page("1") with { Failures = failures });
        await ApplyAsync(Page("2", Put(1, "i50"), Put(2, "x")) with { Failures = [failures[^1] with { Message = "again" }] });
        var state = await Pages.FindStateAsync(Company, Provider, None);
        Assert.Equal(IPageStore.FailuresMax - 1, state.Failures.Count);
        Assert.Equal(("i5", "again"), (state.Failures[0].Identifier, state.Failures[^1].Message));
        Assert.DoesNotContain(state.Failures, failure => failure.Identifier == "i50");
    }

    [Fact]
    public async Task What_was_sent_into_another_company_does_not_count()
    {
        await ApplyAsync(Page("1", Put(1, "a")) with { Checkpoint = "c1" });
        var elsewhere = StoreHost.NewCompany();
        Assert.Equal(PageState.None, await Pages.FindStateAsync(elsewhere, Provider, None));
        var document = StoreHost.NewDocument(elsewhere, Provider, "a");
        var step = new PageStep(
            1, DocumentKey.ByIdentifier(elsewhere, Provider, document.Identifier), _ => DocumentDecision.Put(document, (Error?)null));
        var outcome = await Pages.ApplyAsync(Page("1", step) with { Company = elsewhere }, None);
        Assert.Equal((false, new PageReceipt(1, 0, 0, 0, 0)), (outcome.IsReplay, outcome.Receipt));
        var state = await Pages.FindStateAsync(elsewhere, Provider, None);
        Assert.Equal((null, 1L), (state.Checkpoint, state.Pages));
        Assert.NotNull(await FindAsync("a"));
    }

    [Fact]
    public async Task A_removed_token_leaves_no_state()
    {
        var tokens = Host.Get<IAccessTokenStore>();
        var token = new AccessToken
        {
            Id = Provider,
            User = new UserId(StoreHost.NewId()),
            Company = Company,
            Scopes = Scopes.All,
            CreatedAt = Host.Time.GetUtcNow(),
            LastUsed = Host.Time.GetUtcNow(),
        };
        await tokens.AddAsync(token, TokenSecret.Hash(Guid.NewGuid().ToString()), None);
        await ApplyAsync(Page("1", Put(1, "a")) with { Checkpoint = new Optional<string?>(true, "c1") });
        Assert.Equal("c1", (await Pages.FindStateAsync(Company, Provider, None)).Checkpoint);
        await tokens.RemoveAsync(Provider, None);
        Assert.Equal(PageState.None, await Pages.FindStateAsync(Company, Provider, None));
    }

    [Fact]
    public async Task Pages_and_single_changes_at_the_same_time_lose_nothing()
    {
        var pages = Enumerable.Range(0, 20).Select(n => ApplyAsync(Page(
            $"{n}", [.. Enumerable.Range(0, 25).Select(i => Put(i + 1, $"d{(i * 7 + n) % 25}", $$"""{"n":{{n}}}"""))])));
        var singles = Enumerable.Range(0, 25).Select(i => Host.PutAsync(NewDocument($"d{i}")));
        await Task.WhenAll([.. pages, .. singles]);
        Assert.Equal(20, (await Pages.FindStateAsync(Company, Provider, None)).Pages);
        for (var i = 0; i < 25; i++)
        {
            Assert.NotNull(await FindAsync($"d{i}"));
        }
    }
}

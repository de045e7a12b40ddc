using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Feed;

public abstract class ChangeFeedSuite(StoreHost host) : StoreSuite(host)
{
    protected IChangeFeed Feed => Host.Get<IChangeFeed>();

    [Fact]
    public async Task Each_document_stands_once_where_it_changed_last()
    {
        var one = await Host.PutAsync(NewDocument("1"));
        var two = await Host.PutAsync(NewDocument("2"));
        await Host.PutAsync(one);

        var entries = await ReadFeedAsync(2);

        Assert.Equal([two.Id, one.Id], entries.Select(entry => entry.Id));
        Assert.All(entries, entry => Assert.Equal(entry.Id, entry.Document!.Id));
    }

    [Fact]
    public async Task Deletions_stand_in_order_among_the_changes()
    {
        var one = await Host.PutAsync(NewDocument("1"));
        var two = await Host.PutAsync(NewDocument("2"));
        await Host.DeleteAsync(one);
        var three = await Host.PutAsync(NewDocument("3"));
        await Host.DeleteAsync(two);

        var entries = await ReadFeedAsync(3);

        Assert.Equal([one.Id, three.Id, two.Id], entries.Select(entry => entry.Id));
        Assert.Equal([true, false, true], entries.Select(entry => entry.Document is null));
        Assert.True(entries.Zip(entries.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
    }

    [Fact]
    public async Task What_is_only_displayed_can_be_left_out()
    {
        var document = NewDocument("1", """{"title":"t"}""") with
        {
            Data = JsonFields.FromText("""{"html":"<p>"}"""),
            Actions = JsonFields.FromText("""{"show":"https://a.test"}"""),
        };
        var before = await Feed.GetEndAsync(None);
        await Host.PutAsync(document);
        var gone = await Host.PutAsync(NewDocument("2"));
        await Host.DeleteAsync(gone);

        var whole = await ReadFeedAsync(2, before);
        foreach (var company in new[] { Company, (CompanyId?)null })
        {
            var entries = (await Feed.ReadSearchableAsync(before, 1_000, company, None)).Where(e => e.Company == Company);
            Assert.Equal(whole.Select(e => (e.Position, e.Id)), entries.Select(e => (e.Position, e.Id)));
            var (left, stored) = (entries.First().Document!, whole[0].Document!);
            Assert.Equal(stored.Metadata, left.Metadata);
            Assert.True(left.Data.IsEmpty && left.Actions.IsEmpty && !stored.Data.IsEmpty && !stored.Actions.IsEmpty);
        }
    }

    [Fact]
    public async Task A_reading_ends_early_when_documents_are_large_and_the_next_goes_on_with_nothing_left_out()
    {
        var large = $$"""{"text":"{{new string('x', 7_000_000)}}"}""";
        var expected = new List<DocumentId>();
        for (var number = 0; number < 6; number++)
        {
            expected.Add((await Host.PutAsync(NewDocument($"{number}", large))).Id);
            var deleted = await Host.PutAsync(NewDocument($"{number} deleted"));
            await Host.DeleteAsync(deleted);
            expected.Add(deleted.Id);
        }

        var pages = new List<IReadOnlyList<FeedEntry>>();
        await Eventually.TrueAsync(async () =>
        {
            pages.Add(await Feed.ReadAsync(pages.LastOrDefault(p => p.Count > 0)?[^1].Position ?? default, 100, Company, None));
            return pages[^1].Count == 0 && pages.Sum(page => page.Count) >= expected.Count;
        });

        Assert.Equal(expected, pages.SelectMany(page => page).Select(entry => entry.Id));
        Assert.All(pages, page => Assert.InRange(page.Count(entry => entry.Document is not null), 0, 3));
    }

    [Fact]
    public async Task Small_pages_give_the_same_as_one_large()
    {
        for (var number = 0; number < 20; number++)
        {
            var document = await Host.PutAsync(NewDocument($"{number}"));
            if (number % 3 == 0)
            {
                await Host.DeleteAsync(document);
            }
        }

        var whole = await ReadFeedAsync(20);
        var paged = new List<FeedEntry>();
        while (await Feed.ReadAsync(paged.LastOrDefault()?.Position ?? default, 3, Company, None) is { Count: > 0 } page)
        {
            paged.AddRange(page);
        }

        Assert.Equal(20, paged.Count);
        Assert.Equal(whole.Select(entry => entry.Position), paged.Select(entry => entry.Position));
    }

    [Fact]
    public async Task The_feed_of_a_company_is_its_part_of_the_whole_feed()
    {
        await Host.PutAsync(NewDocument("1"));
        await Host.PutAsync(StoreHost.NewDocument(StoreHost.NewCompany(), StoreHost.NewProvider(), "2"));
        await Host.DeleteAsync(await Host.PutAsync(NewDocument("3")));

        var own = await ReadFeedAsync(2);
        var whole = new List<FeedEntry>();
        while (await Feed.ReadAsync(whole.LastOrDefault()?.Position ?? default, 100_000, null, None) is { Count: > 0 } page)
        {
            whole.AddRange(page);
        }

        Assert.Equal(2, own.Count);
        Assert.Equal(
            own.Select(entry => entry.Position),
            whole.Where(entry => entry.Company == Company).Select(entry => entry.Position));
    }

    [Fact]
    public async Task The_end_is_the_last_entry_and_nothing_follows_it()
    {
        await Host.PutAsync(NewDocument("1"));
        await Host.DeleteAsync(await Host.PutAsync(NewDocument("2")));
        var last = (await ReadFeedAsync(2))[^1].Position;
        var end = await Feed.GetEndAsync(None);
        Assert.Equal(last, end);
        Assert.Empty(await Feed.ReadAsync(end, 10, null, None));
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_commit_and_at_once_when_there_is_something()
    {
        await Host.PutAsync(NewDocument("1"));
        var end = (await ReadFeedAsync(1))[^1].Position;
        var waiting = Feed.WaitAsync(end, None).AsTask();
        Assert.False(waiting.IsCompleted);
        await Host.PutAsync(NewDocument("2"));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        await Feed.WaitAsync(end, None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        await Host.PutAsync(NewDocument("1"));
        var waiting = Feed.WaitAsync((await ReadFeedAsync(1))[^1].Position, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_feed_keeps_its_name()
    {
        var name = await Feed.GetNameAsync(None);
        Assert.NotEmpty(name);
        Assert.Equal(name, await Feed.GetNameAsync(None));
    }

    [Fact]
    public async Task Cursors_are_kept_by_consumer()
    {
        var cursors = Host.Get<IFeedCursorStore>();
        var consumer = $"hydration-{Company}";
        Assert.Equal(FeedPosition.Start, await cursors.GetAsync(consumer, None));
        await cursors.SaveAsync(consumer, new FeedPosition(7, 9), None);
        await cursors.SaveAsync(consumer, new FeedPosition(8, 1), None);
        Assert.Equal(new FeedPosition(8, 1), await cursors.GetAsync(consumer, None));
        Assert.Equal(FeedPosition.Start, await cursors.GetAsync("another", None));
    }

    [Fact]
    public async Task A_reader_that_follows_concurrent_writers_misses_nothing()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteSomeAsync(writer))));
        var seen = new Dictionary<DocumentId, Document?>();
        var position = FeedPosition.Start;
        var isLast = false;
        while (!isLast)
        {
            // Looked at before the read: what is read after the writers ended is everything.
            isLast = writing.IsCompleted && (await ReadFeedAsync(8 * 60)).Count > 0;
            while (await Feed.ReadAsync(position, 37, Company, None) is { Count: > 0 } page)
            {
                Assert.True(page[0].Position > position);
                page.ToList().ForEach(entry => seen[entry.Id] = entry.Document);
                position = page[^1].Position;
                isLast = false;
            }
        }

        await writing;
        var expected = await ReadFeedAsync(8 * 60);
        Assert.Equal(8 * 60, expected.Count);
        Assert.All(expected, entry => Assert.Equivalent(entry.Document, seen[entry.Id], strict: true));
    }

    private async Task WriteSomeAsync(int writer)
    {
        for (var number = 0; number < 60; number++)
        {
            var document = await Host.PutAsync(NewDocument($"{writer}/{number}"));
            await Host.PutAsync(document with { ModificationDate = document.ModificationDate.AddDays(1) });
            if (number % 5 == 0)
            {
                await Host.DeleteAsync(document);
            }
        }
    }
}

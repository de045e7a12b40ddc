using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Indexing;

/// <summary>What happens to an index when it is closed, damaged, old, or read while it is written.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();

    private string ManifestFile => Path.Combine(_search.IndexDirectory, "manifest");

    private string SegmentFile => Directory.GetFiles(_search.IndexDirectory, "*.segment").Single();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task An_index_remembers_its_documents_and_its_position()
    {
        var id = await _search.AddAsync("""{"title":"plan"}""");
        var gone = _search.Make("""{"title":"plan"}""");
        await _search.AddAsync(gone);
        await _search.DeleteAsync(gone);

        await _search.ReopenAsync();

        Assert.Equal([id], await _search.FindAsync("plan"));
        Assert.Equal(new FeedPosition(0, 3), await PositionAsync());
    }

    [Fact]
    public async Task What_was_applied_before_is_skipped()
    {
        var document = _search.Make("""{"title":"old"}""");
        var old = _search.Feed.Put(document);
        var newer = _search.Feed.Put(document with { Metadata = Core.Json.JsonFields.FromText("""{"title":"newer"}""") });
        await _search.ApplyAsync(newer);
        await _search.ApplyAsync(old);

        Assert.Empty(await _search.FindAsync("old"));
        Assert.Single(await _search.FindAsync("newer"));
    }

    [Fact]
    public async Task Changes_that_would_leave_a_gap_are_refused()
    {
        var first = _search.Feed.Put(_search.Make("""{"title":"a"}"""));
        var second = _search.Feed.Put(_search.Make("""{"title":"b"}"""));

        Assert.False(await _search.Index.ApplyAsync(_search.Company, [second], first.Position, CancellationToken.None));
        Assert.Empty(await _search.FindAsync(null));
    }

    [Theory]
    [InlineData("segment's head")]
    [InlineData("segment's middle")]
    [InlineData("segment's end")]
    [InlineData("segment cut")]
    [InlineData("segment empty")]
    [InlineData("segment gone")]
    [InlineData("manifest")]
    [InlineData("manifest empty")]
    [InlineData("older format")]
    public async Task A_file_that_cannot_be_trusted_is_built_again(string damage)
    {
        for (var i = 0; i < 2_000; i++)
            await ApplyManyAsync(i, 200);
        await _search.Registry.DisposeAsync();
        Damage(damage);
        await _search.ReopenAsync();

        // The damage shows at the latest when the damaged place is read.
        var position = await PositionAsync();
        if (position != FeedPosition.Start)
            _ = await _search.SearchAsync("word*");

        Assert.Equal(FeedPosition.Start, await PositionAsync());
        Assert.Empty(await _search.FindAsync(null));
    }

    [Fact]
    public async Task A_cancelled_batch_leaves_no_trace()
    {
        await _search.AddAsync("""{"title":"before"}""");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var entry = _search.Feed.Put(_search.Make("""{"title":"never"}"""));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _search.Index.ApplyAsync(_search.Company, [entry], cancelled.Token));

        Assert.Empty(await _search.FindAsync("never"));
        await _search.ApplyAsync(entry);
        Assert.Single(await _search.FindAsync("never"));
        Assert.Single(await _search.FindAsync("before"));
    }

    [Fact]
    public async Task Readers_beside_the_writer_always_see_each_document_once()
    {
        const int Documents = 40;
        var documents = Enumerable.Range(0, Documents).Select(i => _search.Make($$"""{"title":"plan","n":"v0x{{i}}"}""")).ToList();
        await _search.ApplyAsync([.. documents.Select(d => _search.Feed.Put(d))]);
        using var stop = new CancellationTokenSource();
        var searches = 0;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref searches))
            {
                var result = await _search.SearchAsync("plan", r => r with { Limit = 1000 });
                Assert.Equal(Documents, result.Count);
                Assert.Equal(Documents, result.Hits.Select(h => h.Id).Distinct().Count());
                Assert.Equal(Documents, (await _search.SearchAsync(null)).Count);
            }
        })).ToList();

        for (var round = 1; round <= 100 || Volatile.Read(ref searches) < 100 && readers.TrueForAll(r => !r.IsCompleted); round++)
        {
            await _search.ApplyAsync([.. documents.Select((d, i) => _search.Feed.Put(
                d with { Metadata = Core.Json.JsonFields.FromText($$"""{"title":"plan","n":"v{{round}}x{{i}}"}""") }))]);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Indexes_beyond_the_limit_are_closed_and_come_back_when_they_are_used()
    {
        await using var search = new SearchHarness(configure: o => o.OpenIndexesMax = 2);
        var companies = Enumerable.Range(0, 10)
            .Select(_ => new Core.Companies.CompanyId(Core.Ids.ObjectId.New(SearchHarness.Epoch))).ToList();
        foreach (var company in companies)
        {
            var entry = search.Feed.Put(search.Make("""{"title":"plan"}""") with { Company = company });
            await search.Index.ApplyAsync(company, [entry], CancellationToken.None);
        }

        foreach (var company in companies)
            Assert.Single(await search.FindAsync("plan", r => r with { Company = company }));
        Assert.InRange(search.Registry.OpenCount, 0, 3);
    }

    [Fact]
    public async Task No_query_that_parses_fails_in_the_index()
    {
        for (var i = 0; i < 20; i++)
            await _search.AddAsync($$"""{"title":"apple pear {{i}}","text":"a-b c.d@e.f 東京都"}""");
        foreach (var query in HardQueries())
        {
            var result = await _search.SearchAsync(query, r => r with { IsStrict = query.Length % 2 == 0 });
            Assert.True(result.QueryError is null, $"{query}: {result.QueryError}");
        }
    }

    private static IEnumerable<string> HardQueries()
    {
        var deep = "apple";
        for (var i = 0; i < 10; i++)
            deep = i % 3 == 0 ? $"pear ({deep})" : i % 3 == 1 ? $"plum OR ({deep})" : $"x AND NOT ({deep})";
        yield return deep;
        yield return "title:(" + deep + ")";
        yield return string.Join(' ', Enumerable.Range(0, 128).Select(i => $"w{i}"));
        yield return string.Join(" OR ", Enumerable.Range(0, 128).Select(i => $"a{i % 7}*"));
        yield return string.Join(" OR ", Enumerable.Range(0, 128).Select(i => $"appl{(char)('a' + i % 26)}~"));
        yield return "\"" + string.Join(' ', Enumerable.Repeat("apple", 600)) + "\"";
        yield return new string('a', 4_096);
        yield return "... \\-\\-\\- \\!\\!! \\\" \\* \\'";
        yield return "\"\"";
        yield return "*";
        yield return "?? ?*";
        yield return "-a -b -(c d)";
        yield return "'; DROP TABLE terms; \\-\\- \" \\\" \"";
        yield return "\u0084 \u0085 \u0000 \ufffd";
        yield return "NEAR(apple pear) title^2 {x y}:z";
        yield return "a\\\"b";
    }

    private async Task ApplyManyAsync(int round, int count)
    {
        if (round % count != 0)
            return;
        await _search.ApplyAsync([.. Enumerable.Range(round, count).Select(i => _search.Feed.Put(
            _search.Make($$"""{"title":"plan word{{i}}","text":"text word{{i * 7}} word{{i * 11}}"}""")))]);
    }

    private void Damage(string damage)
    {
        switch (damage)
        {
            case "segment's head":
                Flip(SegmentFile, 100);
                break;
            case "segment's middle":
                Flip(SegmentFile, new FileInfo(SegmentFile).Length / 2);
                break;
            case "segment's end":
                Flip(SegmentFile, new FileInfo(SegmentFile).Length - 60);
                break;
            case "segment cut":
                Cut(SegmentFile, new FileInfo(SegmentFile).Length - 1);
                break;
            case "segment empty":
                Cut(SegmentFile, 0);
                break;
            case "segment gone":
                File.Delete(SegmentFile);
                break;
            case "manifest":
                Flip(ManifestFile, new FileInfo(ManifestFile).Length / 2);
                break;
            case "manifest empty":
                Cut(ManifestFile, 0);
                break;
            case "older format":
                WriteOlderManifest();
                break;
        }
    }

    private static void Flip(string path, long place)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = place;
        var value = file.ReadByte();
        file.Position = place;
        file.WriteByte((byte)(value ^ 0x10));
    }

    private static void Cut(string path, long length)
    {
        using var file = File.Open(path, FileMode.Open);
        file.SetLength(length);
    }

    private void WriteOlderManifest()
    {
        var bytes = File.ReadAllBytes(ManifestFile);
        bytes[8]--;
        BitConverter.TryWriteBytes(bytes.AsSpan(^4..), Checksum.Add(Checksum.Seed, bytes.AsSpan(..^4)));
        File.WriteAllBytes(ManifestFile, bytes);
    }

    private async Task<FeedPosition> PositionAsync() =>
        await _search.Index.GetPositionAsync(_search.Company, _search.Feed.Name, CancellationToken.None);
}

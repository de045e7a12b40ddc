using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Tests.Support;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Following;

/// <summary>An index with a damaged file answers from what is left of it, and is built anew by itself.</summary>
public sealed class IndexRepairTests : IDisposable
{
    private const int Documents = 1_200;
    private const int FlushedBy = 800;

    private readonly TempDirectory _directory = new();
    private readonly TestFeed _feed = new();
    private readonly CompanyId _company = new(ObjectId.New(SearchHarness.Epoch));

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_answers_until_the_index_is_whole_again(bool isRestarted)
    {
        await WriteAsync();
        var files = Files();
        Assert.True(files.Length > 1, "There is only one file.");
        Flip(files.Order().First());

        // Nothing can be built while the feed cannot be read.
        _feed.Failure = new IOException("The feed is away.");
        for (var start = 0; start < (isRestarted ? 2 : 1); start++)
        {
            await using var partial = await StartAsync();
            await Eventually.TrueAsync(async () => await partial.CountAsync(_company) > 0);
            Assert.InRange(await partial.CountAsync(_company), 1, Documents - 1);
            Assert.True((await partial.Index.DescribeAsync(_company, CancellationToken.None)).IsPartial);
        }

        _feed.Failure = null;
        _feed.Put(FollowerHarness.Make(_company, "last"));
        await using var whole = await StartAsync();
        await Eventually.TrueAsync(async () => await whole.CountAsync(_company) == Documents + 1);
        await Eventually.TrueAsync(async () => !(await whole.Index.DescribeAsync(_company, CancellationToken.None)).IsPartial);
        Assert.Equal(Documents + 1, await whole.CountAsync(_company));
    }

    private string[] Files() => Directory.GetFiles(Path.Combine(_directory.Path, _company.ToString()), "*.segment");

    private async Task WriteAsync()
    {
        await using var search = await StartAsync();
        var random = new Random(3);
        for (var i = 0; i < Documents; i++)
        {
            var words = string.Join(' ', Enumerable.Range(0, 250).Select(_ => $"w{random.Next(20_000)}"));
            _feed.Put(FollowerHarness.Make(_company, words));
            if (i % 200 == 199)
            {
                var count = i + 1;
                await Eventually.TrueAsync(async () => await search.CountAsync(_company) == count);
                if (count == FlushedBy)
                {
                    // What follows then stands in another file, however late the flush comes.
                    await Eventually.TrueAsync(() => Files().Length > 0);
                }
            }
        }
    }

    private async Task<FollowerHarness> StartAsync()
    {
        var search = new FollowerHarness(_directory.Path, _feed, [_company], o => o.FlushMebibytes = 1);
        await search.StartAsync();
        return search;
    }

    private static void Flip(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}

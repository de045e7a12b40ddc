using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.Feed;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Commits;

/// <summary>
/// The process is killed while it flushes, merges and swaps manifests. <c>ENGINE_TEST_KILLS=200</c> makes it as many times.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ENGINE_TEST_KILLS"), out var kills) ? kills : 4;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_an_index_finds_what_was_acknowledged_and_nothing_that_was_deleted()
    {
        var random = new Random(11);
        long acknowledged = 0;
        long resumed = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            acknowledged = Math.Max(acknowledged, await WriteUntilKilledAsync(random.Next(8, 40), random.Next(30)));
            resumed = Math.Max(resumed, await CheckAsync(acknowledged));
        }

        Assert.True(resumed > 0, "No index was ever taken up where its manifest was.");
    }

    private async Task<long> WriteUntilKilledAsync(int lines, int milliseconds)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        start.ArgumentList.Add(_directory.Path);
        using var process = Process.Start(start)!;
        long acknowledged = 0;
        for (var read = 0; await process.StandardOutput.ReadLineAsync() is { } line;)
        {
            // The point ends the line: a line that the kill cut short is not taken for an acknowledgement.
            if (line.EndsWith('.'))
                acknowledged = long.Parse(line.AsSpan(..^1), CultureInfo.InvariantCulture);
            if (++read == lines)
                _ = Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, CancellationToken.None)
                    .ContinueWith(_ => process.Kill(), TaskScheduler.Default);
        }

        await process.WaitForExitAsync();
        return acknowledged;
    }

    /// <summary>Takes the index up as a follower does, and looks every document up.</summary>
    private async Task<long> CheckAsync(long acknowledged)
    {
        await using var search = ChurningWriter.Open(_directory.Path);
        var position = await search.Index.GetPositionAsync(
            ChurningWriter.Company, search.Feed.Name, CancellationToken.None);
        var resumed = position.Sequence;
        if (position < new FeedPosition(0, acknowledged))
            await ChurningWriter.ApplyAsync(search, position.Sequence, (int)(acknowledged - position.Sequence));
        var end = Math.Max(acknowledged, resumed);
        var last = new Dictionary<int, long>();
        for (var sequence = 1L; sequence <= end; sequence++)
            last[ChurningWriter.NumberAt(sequence)] = sequence;
        var live = last.Values.Where(s => !ChurningWriter.IsDeletionAt(s)).ToList();

        Assert.Equal(live.Count, (await search.SearchAsync("version")).Count);
        Assert.Equal(live.Count, (await search.SearchAsync(null)).Count);
        foreach (var sequence in live.Where((_, i) => i % 7 == 0))
            Assert.Single(await search.FindAsync($"v{sequence}x"));
        return resumed;
    }
}

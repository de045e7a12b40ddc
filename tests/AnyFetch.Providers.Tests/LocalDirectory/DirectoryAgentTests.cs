using System.Globalization;
using System.Text;
using AnyFetch.Certification;
using AnyFetch.Client;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.LocalDirectory.Agent;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.LocalDirectory;

/// <summary>The agent that watches a directory for a server elsewhere (providers specification, section 5).</summary>
public sealed class DirectoryAgentTests : IAsyncLifetime
{
    private const string Token = "agent-token";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _temp = new();
    private FakePlatform _platform = null!;

    private string Files => _temp.File("files");

    private string StatePath => _temp.File("state/a.jsonl");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Files);
        _platform = await FakePlatform.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _platform.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public async Task A_file_becomes_a_document_that_is_named_after_the_machine_and_only_differences_are_sent()
    {
        Write("a.txt");
        Write("deep/naïve.txt");
        File.WriteAllBytes(Path.Combine(Files, "empty.txt"), []);
        Write("junk.tmp");
        Assert.Equal((2, 0, 0), Counts(await CompareAsync()));
        Assert.Equal(["desk/a.txt", "desk/deep/naïve.txt"], Identifiers());
        var document = _platform.Documents[(Token, "desk/deep/naïve.txt")];
        Assert.Equal("/deep/naïve.txt", (string?)document["metadata"]!["path"]);
        Assert.Equal(Token, (string?)document["user_access"]![0]);
        Assert.Equal((string?)document["modification_date"], (string?)document["creation_date"]);
        Assert.Equal("content of a.txt", Encoding.UTF8.GetString(_platform.Files[(Token, "desk/a.txt")]));

        Assert.Equal((0, 0, 0), Counts(await CompareAsync()));
        File.SetLastWriteTimeUtc(Path.Combine(Files, "a.txt"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        File.Delete(Path.Combine(Files, "deep/naïve.txt"));
        Assert.Equal((1, 1, 0), Counts(await CompareAsync()));
        Assert.Equal(["desk/a.txt"], Identifiers());

        File.Delete(StatePath);
        Assert.Equal((1, 0, 0), Counts(await CompareAsync()));
    }

    [Fact]
    public async Task A_name_that_is_spelt_with_marks_of_its_own_is_found_again_and_deleted()
    {
        Write("nai\u0308ve.txt");
        Assert.Equal((1, 0, 0), Counts(await CompareAsync()));
        Assert.Equal(["desk/na\u00efve.txt"], Identifiers());
        Assert.Equal((0, 0, 0), Counts(await CompareAsync()));
        File.Delete(Path.Combine(Files, "nai\u0308ve.txt"));
        Assert.Equal((0, 1, 0), Counts(await CompareAsync()));
        Assert.Empty(_platform.Documents);
    }

    [Fact]
    public async Task A_failed_upload_is_told_and_sent_by_the_next_pass()
    {
        Write("a.txt");
        Write("b.txt");
        _platform.Intercept = call => call.Path.EndsWith("a.txt/file", StringComparison.Ordinal) ? new ForcedReply(400) : null;
        var pass = await CompareAsync();
        Assert.Equal((1, 0, 1), Counts(pass));
        Assert.Equal(new AgentFailure("/a.txt", "Forced by the test."), Assert.Single(pass.Failures));
        _platform.Intercept = _ => null;
        Assert.Equal((1, 0, 0), Counts(await CompareAsync()));
        Assert.Equal(2, _platform.Files.Count);
    }

    [Fact]
    public async Task A_large_file_is_announced_without_its_content()
    {
        Write("a.txt");
        using var agent = NewAgent(options => options with { FileBytesMax = 3 });
        Assert.Equal((1, 0, 0), Counts(await agent.CompareAsync(default)));
        Assert.Equal(["desk/a.txt"], Identifiers());
        Assert.Empty(_platform.Files);
    }

    [Fact]
    public async Task No_more_than_four_files_are_sent_at_once()
    {
        for (var i = 0; i < 30; i++)
        {
            Write($"f{i}.txt");
        }

        var (now, most) = (0, 0);
        _platform.Delay = async call =>
        {
            if (call.Path.EndsWith("/file", StringComparison.Ordinal))
            {
                var count = Interlocked.Increment(ref now);
                most = Math.Max(most, count);
                await Task.Yield();
                Interlocked.Decrement(ref now);
            }
        };
        Assert.Equal((30, 0, 0), Counts(await CompareAsync()));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task A_directory_that_is_away_or_suspiciously_empty_deletes_nothing()
    {
        for (var i = 0; i < 60; i++)
        {
            Write($"f{i}.txt");
        }

        using (var agent = NewAgent())
        {
            await agent.CompareAsync(default);
            Directory.Move(Files, _temp.File("moved"));
            await Assert.ThrowsAsync<DirectoryNotFoundException>(() => agent.CompareAsync(default));
            Directory.CreateDirectory(Files);
            var pass = await agent.CompareAsync(default);
            Assert.Equal((0, 60), (pass.Deleted, pass.Withheld));
            Assert.Equal(60, _platform.Documents.Count);
        }

        using var forced = NewAgent(options => options with { Force = true });
        Assert.Equal(60, (await forced.CompareAsync(default)).Deleted);
        Assert.Empty(_platform.Documents);
    }

    [Fact]
    public async Task What_was_cut_off_in_the_state_is_sent_again_and_nothing_else()
    {
        for (var i = 0; i < 5; i++)
        {
            Write($"f{i}.txt");
        }

        await CompareAsync();
        var lines = await File.ReadAllTextAsync(StatePath);
        await File.WriteAllTextAsync(StatePath, lines[..^12]);
        Assert.Equal((1, 0, 0), Counts(await CompareAsync()));
        Assert.Equal((0, 0, 0), Counts(await CompareAsync()));
        Assert.DoesNotContain(Token, await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
    }

    [Fact]
    public async Task Every_twenty_files_the_state_is_on_disk()
    {
        for (var i = 0; i < 50; i++)
        {
            Write($"f{i}.txt");
        }

        // The last ten files are never answered, and the process that sends them ends there.
        var hang = new TaskCompletionSource();
        var uploads = 0;
        _platform.Delay = call => call.Path.EndsWith("/file", StringComparison.Ordinal) && Interlocked.Increment(ref uploads) > 40
            ? hang.Task : Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        using var agent = NewAgent();
        var comparing = agent.CompareAsync(stop.Token);
        await Eventually.TrueAsync(() => Volatile.Read(ref uploads) >= 44, Deadline);
        using (var state = new StreamReader(new FileStream(StatePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
        {
            Assert.InRange((await state.ReadToEndAsync()).Split('\n').Length - 2, 40, 41);
        }

        await stop.CancelAsync();
        hang.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => comparing);
    }

    [Fact]
    public void Two_agents_do_not_watch_one_directory_for_one_account()
    {
        using var agent = NewAgent();
        Assert.Contains("in use", Assert.Throws<IOException>(() => NewAgent()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_noticed_what_failed_is_tried_again_and_a_server_or_directory_that_was_away_is_made_up_for()
    {
        Write("a.txt");
        using var stop = new CancellationTokenSource();
        using var agent = NewAgent(options => options with { AwaySeconds = 1, RetrySeconds = 1, DebounceMilliseconds = 1 });
        var away = 0;
        var watching = agent.WatchAsync(_ => { }, _ => Interlocked.Increment(ref away), stop.Token);
        await Eventually.TrueAsync(() => _platform.Files.Count == 1, Deadline);
        Write("deep/b.txt");
        await Eventually.TrueAsync(() => _platform.Files.Count == 2, Deadline);
        File.Delete(Path.Combine(Files, "a.txt"));
        await Eventually.TrueAsync(() => _platform.Documents.Count == 1, Deadline);

        var refusals = 0;
        _platform.Intercept = call => call.Path.EndsWith("/file", StringComparison.Ordinal) && Interlocked.Increment(ref refusals) <= 2
            ? new ForcedReply(refusals == 1 ? 400 : 503) : null;
        Write("c.txt");
        await Eventually.TrueAsync(() => _platform.Files.ContainsKey((Token, "desk/c.txt")), Deadline);
        Assert.Equal(1, away);
        Directory.Move(Files, _temp.File("moved"));
        await Eventually.TrueAsync(() => Volatile.Read(ref away) >= 2, Deadline);
        Assert.Equal(2, _platform.Documents.Count);
        Directory.Move(_temp.File("moved"), Files);
        Write("d.txt");
        await Eventually.TrueAsync(() => _platform.Files.ContainsKey((Token, "desk/d.txt")), Deadline);

        _platform.Intercept = _ => new ForcedReply(401);
        Write("e.txt");
        Assert.Equal(401, (int)(await Assert.ThrowsAsync<AnyFetchException>(() => watching.WaitAsync(Deadline))).Status);
    }

    private void Write(string name)
    {
        var path = Path.Combine(Files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"content of {name}"));
    }

    private IEnumerable<string> Identifiers() =>
        _platform.Documents.Keys.Select(key => key.Identifier).Order(StringComparer.Ordinal);

    private static (int Sent, int Deleted, int Failed) Counts(AgentPass pass) => (pass.Sent, pass.Deleted, pass.Failed);

    private async Task<AgentPass> CompareAsync()
    {
        using var agent = NewAgent();
        return await agent.CompareAsync(default);
    }

    private DirectoryAgent NewAgent(Func<DirectoryAgentOptions, DirectoryAgentOptions>? change = null)
    {
        var options = new DirectoryAgentOptions(Files, StatePath)
        {
            Files = new LocalDirectoryProviderOptions { HostId = "desk", GrowthMilliseconds = 0, LookSeconds = 1 },
        };
        var server = new AnyFetchClient(
            new Uri(_platform.Url), AnyFetchCredentials.Bearer(Token), new AnyFetchClientOptions { RetriesMax = 0 });
        return new DirectoryAgent(change?.Invoke(options) ?? options, server, Token, TimeProvider.System);
    }
}

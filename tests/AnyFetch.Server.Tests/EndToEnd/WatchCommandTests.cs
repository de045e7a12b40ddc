using System.Globalization;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary><c>anyfetch watch</c> as a process of its own, for a real server.</summary>
public sealed class WatchCommandTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly TempDirectory _files = new();
    private readonly TempDirectory _home = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task A_directory_elsewhere_is_sent_and_watched_until_it_is_stopped()
    {
        Write("a.txt");
        Write("deep/nai\u0308ve.txt");
        await using var watch = Start("--server", _server.Url.AbsoluteUri);
        await ThereAsync("desk/a.txt");
        await ThereAsync("desk/deep/na\u00efve.txt");
        Write("later.txt");
        await ThereAsync("desk/later.txt");
        File.Delete(_files.File("deep/nai\u0308ve.txt"));
        await Eventually.TrueAsync(async () => await FindAsync("desk/deep/na\u00efve.txt") is null, Deadline);

        // Only what it has told is remembered for sure.
        await Eventually.TrueAsync(() => watch.Log.Contains("0 sent, 1 deleted, 0 failed."), Deadline);
        Assert.Equal(0, await watch.StopAsync());
        Assert.Contains(watch.Log, line => line.StartsWith("Watching ", StringComparison.Ordinal));

        var found = (await FindAsync("desk/a.txt"))!;
        Assert.Equal([_server.AdminUser.Id.ToString()], found.UserAccess!);
        Assert.Equal("/a.txt", found.Metadata!.Value.GetProperty("path").GetString());
        Assert.Equal((0, 0), await OnceAsync());
        File.Delete(_files.File("later.txt"));
        Assert.Equal((0, 1), await OnceAsync());
    }

    [Fact]
    public async Task One_that_was_killed_in_the_middle_goes_on_where_it_was()
    {
        const int Count = 200;
        for (var i = 0; i < Count; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"f{i}.txt"));
        }

        await using (var watch = Start("--server", _server.Url.AbsoluteUri))
        {
            await Eventually.TrueAsync(() => Remembered() >= 40, Deadline);
            await watch.KillAsync();
        }

        Assert.InRange((await OnceAsync()).Sent, 0, Count - 40);
        Assert.Equal(Count, await CountAsync());
        Assert.Equal((0, 0), await OnceAsync());
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_and_no_token_at_all_end_it_with_a_clear_word()
    {
        Write("a.txt");
        await using (var wrong = Start("not-a-token", "--server", _server.Url.AbsoluteUri))
        {
            Assert.Equal(77, await wrong.EndAsync());
            Assert.Contains($"anyfetch: {_server.Url.AbsoluteUri} does not accept this token.", wrong.Log);
        }

        await using var nobody = new CommandChild();
        nobody.Start(["watch", _files.Path, "--server", _server.Url.AbsoluteUri], Home());
        Assert.Equal(77, await nobody.EndAsync());
        Assert.Contains("anyfetch: There is nobody to ask for a token: set ANYFETCH_TOKEN.", nobody.Log);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_directory_that_is_away_deletes_nothing()
    {
        Write("sub/a.txt");
        var directory = _files.File("sub");
        await using (var once = StartAt(directory, "--server", _server.Url.AbsoluteUri, "--once"))
        {
            Assert.Equal(0, await once.EndAsync());
        }

        Directory.Move(directory, _files.File("moved"));
        await using (var away = StartAt(directory, "--server", _server.Url.AbsoluteUri, "--once"))
        {
            Assert.Equal(1, await away.EndAsync());
            Assert.Contains($"anyfetch: There is no directory {directory}.", away.Log);
        }

        Assert.Equal(1, await CountAsync());
    }

    // Whole lines of its state, without the first.
    private int Remembered() => Directory.Exists(_home.File("anyfetch/watch"))
        ? Directory.GetFiles(_home.File("anyfetch/watch"), "*.jsonl").Sum(state => File.ReadAllText(state).Count(c => c == '\n') - 1)
        : 0;

    private (string Name, string? Value)[] Home() =>
        [("XDG_STATE_HOME", _home.Path), ("XDG_CONFIG_HOME", _home.Path), ("ANYFETCH_TOKEN", ""), ("ANYFETCH_SERVER", null)];

    private CommandChild Start(params string[] options) => StartAt(_files.Path, options);

    // A token among the options is one that was typed; else it comes from the environment.
    private CommandChild StartAt(string directory, params string[] options)
    {
        var child = new CommandChild();
        child.Start(
            ["watch", directory, .. options, "--name", "desk"],
            [.. Home(), ("ANYFETCH_TOKEN", options[0].StartsWith('-') ? _server.AdminToken : "")]);
        return child;
    }

    private async Task<(int Sent, int Deleted)> OnceAsync()
    {
        await using var once = Start("--server", _server.Url.AbsoluteUri, "--once", "--json");
        Assert.Equal(0, await once.EndAsync());
        var passes = once.Log.Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        return (passes.Sum(pass => pass.GetProperty("sent").GetInt32()), passes.Sum(pass => pass.GetProperty("deleted").GetInt32()));
    }

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_files.File(name))!);
        File.WriteAllText(_files.File(name), $"content of {name}");
    }

    private Task ThereAsync(string identifier) => Eventually.TrueAsync(
        async () => await FindAsync(identifier) is not null, Deadline, identifier);

    private async Task<Document?> FindAsync(string identifier)
    {
        try
        {
            return await _server.Admin.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
        }
        catch (AnyFetchException missing) when (missing.Status == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        for (var i = 0; i < 200; i++)
        {
            count += await FindAsync(string.Create(CultureInfo.InvariantCulture, $"desk/f{i}.txt")) is null ? 0 : 1;
        }

        return count + (await FindAsync("desk/a.txt") is null ? 0 : 1);
    }
}

using System.Text;
using AnyFetch.Certification;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Dapper;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>
/// Changes of a source, each interrupted after each of its calls to the core: the core has done it, the provider never learns. Then
/// the source changes again, and at the end the core has what the source has. All cases run at once, an account each.
/// </summary>
public sealed class LostAnswerTests
{
    private const int CallsMax = 5;

    // For all cases together, which run at once.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private static readonly Dictionary<string, (int Id, string Content)> s_initial = new()
    {
        ["/a"] = (1, "one"), ["/b"] = (2, "two"), ["/d/x"] = (3, "three"), ["/d/y"] = (4, "four"),
    };

    private static readonly (string Name, Action<JournalSource> Make)[] s_changes =
    [
        ("a file moves", source => source.Move(("/a", "/n"))),
        ("a folder moves", source => source.Move(("/d/x", "/e/x"), ("/d/y", "/e/y"))),
        ("two files change places", source => source.Move(("/a", "/b"), ("/b", "/a"))),
        ("three files move round", source => source.Move(("/a", "/b"), ("/b", "/d/x"), ("/d/x", "/a"))),
        ("a file takes another's place", source => source.Move(("/a", "/b"))),
        ("a new file takes a moved one's place", source =>
        {
            source.Move(("/a", "/n"));
            source.Put("/a", 9, "new");
        }),
        ("a file moves and changes", source =>
        {
            source.Move(("/a", "/n"));
            source.Put("/n", 1, "changed");
        }),
        ("a file changes", source => source.Put("/a", 1, "changed")),
        ("files go", source => s_initial.Keys.Take(2).ToList().ForEach(source.Remove)),
    ];

    private static readonly (string Name, Action<JournalSource> Make)[] s_next =
    [
        ("nothing", _ => { }),
        ("it is undone", source => source.Become(s_initial)),
        ("everything moves on", source => source.Move([.. source.Files.Keys.Select(path => (path, path + "2"))])),
        ("everything moves round", source => source.Move([.. source.Files.Keys.Zip(source.Files.Keys.Skip(1).Append(source.Files.Keys.First()))])),
        ("everything changes", source => source.Files.ToList().ForEach(file => source.Put(file.Key, file.Value.Id, file.Value.Content + "!"))),
        ("everything goes", source => source.Files.Keys.ToList().ForEach(source.Remove)),
    ];

    /// <summary>What happens to whoever waits for the answer.</summary>
    public enum Loss
    {
        Cut,
        Killed,
        KilledBeforeCheckpoint,
        KilledBeforeDeletions,
    }

    [Theory]
    [InlineData(Loss.Cut)]
    [InlineData(Loss.Killed)]
    [InlineData(Loss.KilledBeforeCheckpoint)]
    [InlineData(Loss.KilledBeforeDeletions)]
    public async Task After_any_answer_that_was_lost_the_core_has_what_the_source_has(Loss loss)
    {
        await using var scene = await Scene.StartAsync(
            options =>
            {
                options.UsersConcurrency = s_changes.Length * s_next.Length * CallsMax;
                options.SocketsMax = options.UsersConcurrency;
                options.ListingBatchItems = 1;
            },
            token: null);
        var cases = Cases().ToDictionary(one => one.Token);
        scene.Script.Sync = (context, stop) => cases[context.Account.Name].Source.SyncAsync(context, stop);
        scene.Script.Fetch = (item, context, _) => Task.FromResult(cases[context.Account.Name].Source.Fetch(item));
        foreach (var one in cases.Values)
        {
            one.Source.Become(s_initial);
            await scene.Host.AddAccountAsync(one.Token, name: one.Token);
            await scene.Host.UpdateAsync(one.Token);
        }

        await IdleAsync(scene, cases.Values, orHeld: false);
        scene.Platform.Answers = call => LoseAsync(call, cases, loss);
        foreach (var one in cases.Values)
        {
            one.Change(one.Source);
            one.CallsLeft = one.Calls;
            one.Source.ListsDeletionsLast = loss == Loss.KilledBeforeDeletions;
            one.Source.Before = (item, stop) => IsHeld(item, loss) ? HoldAsync(one, stop) : Task.CompletedTask;
            await scene.Host.UpdateAsync(one.Token);
        }

        // A run that heard of the cut goes on to its end; the source does not change under it.
        await IdleAsync(scene, cases.Values, orHeld: loss != Loss.Cut);
        await ChangeAndRestartAsync(scene, cases.Values, loss);
        foreach (var one in cases.Values)
        {
            await scene.Host.UpdateAsync(one.Token);
        }

        await IdleAsync(scene, cases.Values, orHeld: false);
        Assert.True(cases.Values.Count(one => one.IsLost) > cases.Count / 4, "Hardly an answer was lost.");
        var wrong = cases.Values.Where(one => Stored(scene, one.Token) != Expected(one.Source))
            .Select(one => $"{one.Name}: {Stored(scene, one.Token)} instead of {Expected(one.Source)}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count} cases:\n{string.Join('\n', wrong)}");
    }

    private static IEnumerable<Case> Cases() =>
        from change in s_changes
        from next in s_next
        from calls in Enumerable.Range(1, CallsMax)
        select new Case(
            $"{change.Name} (call {calls} is lost), then {next.Name}", $"{change.Name}-{next.Name}-{calls}", calls, change.Make, next.Make);

    // The call took place. Whoever made it is dead before the answer comes, or hears that the connection is gone.
    private static async Task LoseAsync(RecordedCall call, Dictionary<string, Case> cases, Loss loss)
    {
        if (!call.Path.StartsWith("/documents", StringComparison.Ordinal) || cases[call.Token!] is not { } one || --one.CallsLeft != 0)
        {
            return;
        }

        one.IsLost = true;
        if (loss != Loss.Cut)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Aborted);
        }

        throw new IOException("The connection is cut.");
    }

    private static async Task ChangeAndRestartAsync(Scene scene, IEnumerable<Case> cases, Loss loss)
    {
        scene.Platform.Answers = _ => Task.CompletedTask;
        if (loss == Loss.Cut)
        {
            cases.ToList().ForEach(one => one.Next(one.Source));
            return;
        }

        // Nothing is flushed or handed back: the store is left as a kill would leave it.
        var crash = CrashedCopy.Of(scene.Host);
        await scene.Host.DisposeAsync();
        crash.PutBack();
        foreach (var one in cases)
        {
            one.Next(one.Source);
            one.Source.Before = (_, _) => Task.CompletedTask;
        }

        await scene.StartHostAsync();
        await IdleAsync(scene, cases, orHeld: false);
    }

    private static async Task IdleAsync(Scene scene, IEnumerable<Case> cases, bool orHeld)
    {
        foreach (var one in cases)
        {
            var account = await scene.Host.AccountAsync(one.Token);
            await Eventually.TrueAsync(
                async () => (orHeld && (one.IsLost || await IsSentAsync(scene, one, account.Id)))
                    || scene.Host.Runtime.Scheduler.Find(account.Id) is null,
                Deadline,
                $"the run of {one.Name} ends");
        }
    }

    // A run whose listing is held has no end; moves, and what waits for them, wait for the listing's checkpoint.
    private static async Task<bool> IsSentAsync(Scene scene, Case one, long account) =>
        one.IsListed && await scene.Host.Store.Queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                """
                SELECT COUNT(*) FROM queue WHERE account = @account AND operation = 1 AND patch_of IS NULL
                    AND NOT EXISTS (SELECT 1 FROM queue AS moves WHERE moves.patch_of = queue.identifier AND moves.account = @account)
                """,
                new { account }),
            CancellationToken.None) == 0;

    private static bool IsHeld(SyncItem item, Loss loss) => item switch
    {
        SyncItem.Checkpoint => loss is Loss.KilledBeforeCheckpoint or Loss.KilledBeforeDeletions,
        SyncItem.Delete => loss is Loss.KilledBeforeDeletions,
        _ => false,
    };

    private static Task HoldAsync(Case one, CancellationToken stop)
    {
        one.IsListed = true;
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
    }

    private static string Expected(JournalSource source) =>
        string.Join(", ", source.Files.Select(file => $"{file.Key}={file.Value.Id} {file.Value.Content}"));

    private static string Stored(Scene scene, string token) => string.Join(", ", scene.Platform.Documents
        .Where(pair => pair.Key.Token == token)
        .OrderBy(pair => pair.Key.Identifier, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key.Identifier}={Content(scene, pair.Key)}"
            + ((string?)pair.Value["metadata"]!["path"] == pair.Key.Identifier ? "" : " with another path")));

    private static string Content(Scene scene, (string Token, string Identifier) key) =>
        scene.Platform.Files.TryGetValue(key, out var file) ? Encoding.UTF8.GetString(file) : "no file";

    private sealed class Case(string name, string token, int calls, Action<JournalSource> change, Action<JournalSource> next)
    {
        private int _callsLeft;

        public string Name => name;

        public string Token => token;

        public int Calls => calls;

        public Action<JournalSource> Change => change;

        public Action<JournalSource> Next => next;

        public JournalSource Source { get; } = new();

        public int CallsLeft
        {
            get => Volatile.Read(ref _callsLeft);
            set => Volatile.Write(ref _callsLeft, value);
        }

        public bool IsLost { get; set; }

        public bool IsListed { get; set; }
    }
}

using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Evernote;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Evernote;

/// <summary>What Evernote may do to a run, and what the platform holds afterwards.</summary>
public sealed class EvernoteFaultTests : SourceFaultSuite
{
    protected override bool Renews => false;

    protected override string RevokePath => "revokeLongSession";

    protected override string ClientSecret => EvernoteEmulator.ConsumerSecret;

    [Theory]
    [InlineData("getSyncState", 12)]
    [InlineData(EvernoteScene.List, 4)]
    [InlineData("getNote", 12)]
    [InlineData("getResourceData", 4)]
    public async Task A_shard_that_is_away_is_asked_again(string method, int code)
    {
        await using var scene = await SceneAsync();
        var left = 2;
        scene.Source.Refuse = call => call.Path == method && Interlocked.Decrement(ref left) >= 0
            ? new EdamError(code)
            : null;
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Acceptance_5_A_rate_limit_pauses_this_account_alone_for_as_long_as_it_says()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SceneAsync(time: time);
        await scene.RunAsync();
        var first = scene.Token;
        Assert.EndsWith("state=success", (await scene.ConnectAsync("code=c2")).Query, StringComparison.Ordinal);
        var second = scene.Token;
        Assert.NotEqual(first, second);
        var limited = scene.Source.Of("getSyncState")[^1].Token;
        scene.Source.Notes.Put("New", "new");
        scene.Source.Refuse = call => call.Path == "getSyncState" && call.Token == limited
            ? new EdamError(19) { RateLimitSeconds = 900 }
            : null;
        scene.Source.Calls.Clear();
        await scene.Host.UpdateAsync(first);
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync(first)).PausedUntil is not null);
        Assert.Equal(time.GetUtcNow().AddSeconds(900).ToUnixTimeMilliseconds(), (await scene.Host.AccountAsync(first)).PausedUntil);

        await scene.Host.RunAsync(second);
        Assert.Equal(scene.Expected().Count, scene.Platform.Documents.Keys.Count(key => key.Token == second));
        scene.Source.Refuse = _ => null;
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromSeconds(900)), what: "the run waits");
        time.Advance(TimeSpan.FromSeconds(899));
        Assert.Single(scene.Source.Calls, call => call.Token == limited);
        await time.PassUntilAsync(
            TimeSpan.FromSeconds(1),
            () => scene.Platform.Documents.Keys.Count(key => key.Token == first) == scene.Expected().Count,
            "everything is sent");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_token_that_Evernote_takes_no_more_asks_for_a_person(int code)
    {
        await using var scene = await SceneAsync();
        scene.Source.Refuse = call => call.Path == "getNote" ? new EdamError(code) : null;
        await scene.RunAsync();
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_note_that_Evernote_never_gives_ends_in_the_error_list_and_is_passed_by()
    {
        await using var scene = await SceneAsync();
        var bad = scene.Source.Notes.All()[0].Id;
        scene.Source.Refuse = call => call.Path == "getNote" && call.Query.Contains(bad, StringComparison.Ordinal)
            ? new EdamError(3)
            : null;
        await scene.RunAsync();
        Assert.Equal(Items - 1, scene.Platform.Documents.Count);
        var error = Assert.Single(await scene.Host.ErrorsAsync(scene.Token));
        Assert.Equal(("fetch", "Source403", bad), (error.Stage, error.Code, error.Identifier));
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_note_that_vanishes_before_it_is_read_is_no_error()
    {
        await using var scene = await SceneAsync();
        scene.Source.Intercept = call =>
        {
            if (call.Path == "getNote")
            {
                scene.Source.Notes.All().ToList().ForEach(note => scene.Source.Notes.Expunge(note.Id));
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task Pages_that_do_not_go_on_end_the_run_and_delete_nothing()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync();
        scene.Source.Notes.Put("New", "new");
        scene.Source.Notes.StandsStill = true;
        await scene.RunAsync();
        Assert.Equal("failed", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(Items, scene.Platform.Documents.Count);
    }

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true) =>
        await SceneAsync(configure, time, connect);

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((EvernoteScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((EvernoteScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((EvernoteScene)scene).Source.Notes.Put("One more", "one more");

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Listing => call.Path == EvernoteScene.List && call.Query.StartsWith("?2=0&", StringComparison.Ordinal),
        SourceStep.NextPage => call.Path == EvernoteScene.List && !Is(SourceStep.Listing, call),
        _ => call.Path == "getResourceData",
    };

    protected override void Vanish(SourceScene scene)
    {
        var notes = ((EvernoteScene)scene).Source.Notes;
        notes.Lose(notes.All()[^1].Id);
        notes.Forget();
    }

    // Two notes with an attachment each, and two without: six documents in six changes.
    private static async Task<EvernoteScene> SceneAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await EvernoteScene.StartAsync(configure, options => options.PageItemsMax = 2, time, connect);
        var notes = scene.Source.Notes;
        for (var i = 0; i < 2; i++)
        {
            notes.Put($"With {i}", $"text {i}", notes.Resource("text/plain", Encoding.UTF8.GetBytes($"file {i}"), $"f{i}.txt"));
        }

        notes.Put("Plain 1", "plain one");
        notes.Put("Plain 2", "plain two");
        return scene;
    }
}

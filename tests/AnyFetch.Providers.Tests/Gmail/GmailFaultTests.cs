using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Gmail;

/// <summary>What Google may do to a run over a mailbox, and what the platform holds afterwards.</summary>
public sealed class GmailFaultTests : SourceFaultSuite
{
    private const string Threads = "gmail/v1/users/me/threads";

    protected override string RevokePath => "revoke";

    protected override string ClientSecret => GoogleEmulator.ClientSecret;

    [Fact]
    public async Task A_thread_that_cannot_be_read_ends_in_the_error_list_and_is_passed_by()
    {
        await using var scene = await SceneAsync();
        var bad = scene.Box.Threads()[1];
        scene.Source.Intercept = call => call.Path.EndsWith(bad, StringComparison.Ordinal) ? new Fault(500) : null;
        await scene.RunAsync();
        Assert.Equal(scene.Expected().Keys.Where(key => !key.StartsWith(bad, StringComparison.Ordinal)).Order(), scene.Stored().Keys.Order());
        var error = Assert.Single(await scene.Host.ErrorsAsync(scene.Token));
        Assert.Equal(("list", GmailScene.Root + bad), (error.Stage, error.Identifier));
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);

        scene.Source.Intercept = _ => null;
        await scene.RunAsync(("full", "1"));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Where_no_thread_can_be_read_the_run_fails_and_none_is_lost()
    {
        await using var scene = await SceneAsync();
        scene.Source.Intercept = call =>
            call.Path.StartsWith(Threads + "/", StringComparison.Ordinal) ? new Fault(500) : null;
        for (var i = 0; i < 6; i++)
        {
            scene.Box.Deliver(GmailScene.Letter("more " + i));
        }

        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
        scene.Source.Intercept = _ => null;
        await scene.RunAsync(("full", "1"));
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_quota_is_waited_for()
    {
        await using var scene = await SceneAsync();
        var left = 4;
        scene.Source.Intercept = call => call.Path.StartsWith(Threads + "/", StringComparison.Ordinal)
            && Interlocked.Decrement(ref left) >= 0
                ? new Fault(403) { Body = GoogleEmulator.Refusal(403, "rateLimitExceeded") }
                : null;
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true) =>
        await SceneAsync(configure, time, connect);

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((GmailScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((GmailScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((GmailScene)scene).Box.Deliver(GmailScene.Letter("new"));

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Download => GmailScene.IsContent(call),
        _ => call.Path == Threads
            && (step == SourceStep.NextPage) == call.Query.Contains("pageToken", StringComparison.Ordinal),
    };

    protected override void Vanish(SourceScene scene)
    {
        var box = ((GmailScene)scene).Box;
        box.Delete(box.Threads().First(thread => box.Of(thread)[0].Files.Count == 0));
        box.Forget();
    }

    // Four threads, two of them with an attachment: six documents in four pages.
    private static async Task<GmailScene> SceneAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await GmailScene.StartAsync(configure, options => options.PageItemsMax = 1, time, connect);
        scene.Box.Deliver(GmailScene.Letter("one", GmailScene.File("one.txt", "first")));
        scene.Box.Deliver(GmailScene.Letter("two"));
        scene.Box.Deliver(GmailScene.Letter("three", GmailScene.File("three.txt", "third")));
        scene.Box.Deliver(GmailScene.Letter("four"));
        return scene;
    }
}

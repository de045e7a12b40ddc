using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Box;

/// <summary>What Box may do to a run, and what the platform holds afterwards.</summary>
public sealed class BoxFaultTests : SourceFaultSuite
{
    protected override string RevokePath => "oauth2/revoke";

    protected override string ClientSecret => BoxEmulator.ClientSecret;

    [Fact]
    public async Task Acceptance_5_A_file_that_is_not_ready_is_fetched_when_Box_says_so()
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddFile("slow.txt", "slow");
        var asked = 0;
        scene.Source.Intercept = call => call.Path.EndsWith("/content", StringComparison.Ordinal)
            && Interlocked.Increment(ref asked) <= 2
                ? new Fault(202) { RetryAfter = "0" }
                : null;
        await scene.RunAsync();
        Assert.Equal(3, asked);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Acceptance_6_A_new_pair_is_durable_before_it_is_used_and_a_refresh_token_works_once()
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddFile("a.txt", "a");
        scene.Source.Grants.ExpireAccess();
        CrashedCopy? crash = null;
        scene.Source.Intercept = call =>
        {
            // The first call with the new token: whoever is killed now must find the new refresh token again.
            if (crash is null && call.Path == "2.0/events" && scene.Source.Grants.IsGood(call.Token))
            {
                crash = CrashedCopy.Of(scene.Host);
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);

        scene.Source.Intercept = _ => null;
        await scene.RestartAsync(crash!.PutBack);
        await scene.Host.IdleAsync(scene.Token);
        scene.Source.Grants.ExpireAccess();
        await scene.RunAsync(("force", "1"));
        Assert.Equal(2, scene.Source.Grants.Refreshes);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_cursor_that_is_older_than_Box_events_leads_to_a_full_run()
    {
        var time = new ManualTimeProvider();
        await using var scene = await BoxScene.StartAsync(options => options.IntervalMinutes = 0, time: time);
        var lost = scene.Source.Files.AddFile("lost.txt", "lost");
        scene.Source.Files.AddFile("kept.txt", "kept");
        await scene.RunAsync();
        scene.Source.Files.Vanish(lost.Id);
        time.Advance(TimeSpan.FromDays(12));
        await scene.RunAsync();
        Assert.Equal(2, scene.Platform.Documents.Count);

        // The last run was 12 days ago, whether or not it found anything: its position is good for as long again.
        time.Advance(TimeSpan.FromDays(12));
        await scene.RunAsync();
        Assert.Equal(2, scene.Platform.Documents.Count);
        time.Advance(TimeSpan.FromDays(14));
        await scene.RunAsync();
        Assert.Equal(["/kept.txt"], scene.Stored().Keys);
        Assert.DoesNotContain(scene.Source.Calls, call => Is(SourceStep.Download, call));
    }

    [Fact]
    public async Task A_folder_that_a_policy_forbids_for_a_while_loses_nothing()
    {
        await using var scene = await BoxScene.StartAsync();
        var folder = scene.Source.Files.AddFolder("secret");
        var inside = scene.Source.Files.AddFile("inside.txt", "inside", folder.Id);
        scene.Source.Files.AddFile("outside.txt", "outside");
        await scene.RunAsync();
        scene.Source.Intercept = call => call.Path.Contains(folder.Id, StringComparison.Ordinal)
            || call.Path.Contains(inside.Id, StringComparison.Ordinal)
                ? new Fault(403) { Body = """{"type":"error","status":403,"code":"forbidden_by_policy"}""" }
                : null;
        scene.Source.Files.Rename(folder.Id, "renamed");
        scene.Source.Files.Write(inside.Id, "changed");
        await scene.RunAsync();
        await scene.RunAsync(("full", "1"));
        Assert.Equal(2, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Contains(await scene.Host.ErrorsAsync(scene.Token), error => error.Code == "Unreadable");

        scene.Source.Intercept = _ => null;
        await scene.RunAsync(("full", "1"));
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_file_that_vanishes_before_its_download_is_no_error()
    {
        await using var scene = await BoxScene.StartAsync();
        var file = scene.Source.Files.AddFile("a.txt", "a");
        scene.Source.Intercept = call =>
        {
            if (call.Path.EndsWith("/content", StringComparison.Ordinal) && scene.Source.Files.Find(file.Id) is not null)
            {
                scene.Source.Files.Trash(file.Id);
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task A_signed_notice_starts_a_run_and_an_altered_or_an_old_one_does_not()
    {
        await using var scene = await BoxScene.StartAsync(options => options.DebounceSeconds = 0);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"type":"webhook_event","trigger":"FILE.UPLOADED","created_by":{"type":"user","id":"{{{BoxEmulator.UserId}}}"}}""");
        var now = TimeProvider.System.GetUtcNow().ToString("O");
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, body, now, "another key"));
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-11).ToString("O");
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, body, old, BoxScene.PrimaryKey));
        Assert.Equal(HttpStatusCode.OK, await NoticeAsync(scene, body, now, BoxScene.PrimaryKey));
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync(scene.Token)).LastSuccess is not null);
        Assert.Equal("webhook", (await scene.Host.LastRunAsync(scene.Token)).Reason);
    }

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await BoxScene.StartAsync(configure, options => options.PageItemsMax = 2, time, connect);
        for (var i = 0; i < Items; i++)
        {
            scene.Source.Files.AddFile($"f{i}.txt", $"content {i}");
        }

        return scene;
    }

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((BoxScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((BoxScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((BoxScene)scene).Source.Files.AddFile("new.txt", "new");

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Listing => call.Path == "2.0/events" && call.Query.Contains("position=now", StringComparison.Ordinal),
        SourceStep.NextPage => call.Query.Contains("&marker=", StringComparison.Ordinal),
        _ => call.Path.StartsWith("dl/", StringComparison.Ordinal),
    };

    protected override void Vanish(SourceScene scene)
    {
        var source = ((BoxScene)scene).Source;
        source.Files.Vanish(source.Files.All()[3].Id);
        source.ForgetEvents();
    }

    private static Task<HttpStatusCode> NoticeAsync(BoxScene scene, byte[] body, string time, string key)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body.Concat(Encoding.UTF8.GetBytes(time)).ToArray());
        return scene.NoticeAsync(
            body,
            ("BOX-DELIVERY-TIMESTAMP", time),
            ("BOX-SIGNATURE-VERSION", "1"),
            ("BOX-SIGNATURE-ALGORITHM", "HmacSHA256"),
            ("BOX-SIGNATURE-PRIMARY", Convert.ToBase64String(hash)));
    }
}

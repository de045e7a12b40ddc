using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.GoogleDrive;

/// <summary>What Google may do to a run over a Drive, and what the platform holds afterwards.</summary>
public sealed class GoogleDriveFaultTests : SourceFaultSuite
{
    protected override string RevokePath => "revoke";

    protected override string ClientSecret => GoogleEmulator.ClientSecret;

    [Theory]
    [InlineData("userRateLimitExceeded")]
    [InlineData("rateLimitExceeded")]
    public async Task A_403_with_a_rate_reason_is_tried_again(string reason)
    {
        await using var scene = await SceneAsync();
        Fail(scene, SourceStep.Download, 3, new Fault(403) { Body = GoogleEmulator.Refusal(403, reason) });
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(0, scene.Emulator.Grants.Refreshes);
    }

    [Fact]
    public async Task A_full_listing_that_is_empty_asks_before_it_deletes_even_a_few()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync();
        scene.Source.ExpireTokens();
        Fail(scene, SourceStep.Listing, 1, new Fault(200) { Body = """{"files":[],"incompleteSearch":false}""" });
        await scene.RunAsync();
        Assert.Equal(Items, (await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_listing_that_Google_calls_incomplete_removes_nothing()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync();
        scene.Source.ExpireTokens();
        Fail(scene, SourceStep.Listing, 1, new Fault(200) { Body = """{"files":[],"incompleteSearch":true}""" });
        await scene.RunAsync();
        Assert.Null((await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal("Incomplete", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);
    }

    [Fact]
    public async Task A_permission_that_was_taken_back_asks_for_a_person()
    {
        await using var scene = await SceneAsync();
        Fail(
            scene, SourceStep.Listing, 1,
            new Fault(403) { Body = GoogleEmulator.Refusal(403, "insufficientPermissions") });
        await scene.RunAsync();
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_box_that_was_not_ticked_is_told_at_once()
    {
        await using var scene = await GoogleDriveScene.StartAsync(connect: false);
        scene.Source.GrantedScope = "openid";
        var back = await scene.ConnectAsync();
        Assert.Contains("state=danger", back.Query, StringComparison.Ordinal);
        Assert.Contains("tick", Uri.UnescapeDataString(back.Query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acceptance_7_A_crash_on_the_third_page_resumes_there()
    {
        await using var scene = await SceneAsync(8);
        bool IsNext(EmulatedCall call) => Is(SourceStep.NextPage, call);
        scene.Emulator.Intercept = call => IsNext(call) && scene.Calls(IsNext).Count >= 2 ? new Fault(503) : null;
        await scene.RunAsync();
        Assert.Equal("failed", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        await scene.RestartAsync();
        PutOne(scene);
        scene.Emulator.Intercept = _ => null;
        await scene.RunAsync();
        Assert.DoesNotContain(scene.Emulator.Calls, call => Is(SourceStep.Listing, call));
        Assert.Equal(3, scene.Calls(IsNext).Count);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_file_that_Google_never_gives_ends_in_the_error_list_and_is_passed_by()
    {
        await using var scene = await SceneAsync();
        var bad = scene.Source.Files.Of(null)[2].Id;
        scene.Source.Intercept = call => GoogleDriveScene.IsContent(call) && call.Path.EndsWith(bad, StringComparison.Ordinal)
            ? new Fault(403) { Body = GoogleEmulator.Refusal(403, "cannotDownloadAbusiveFile") }
            : null;
        await scene.RunAsync();
        Assert.Equal(Items, scene.Platform.Documents.Count);
        Assert.Equal(Items - 1, scene.Platform.Files.Count);
        Assert.Equal("fetch", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Stage);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_file_that_vanishes_before_its_download_is_no_error()
    {
        await using var scene = await SceneAsync(1);
        var file = scene.Source.Files.Of(null)[0].Id;
        scene.Source.Intercept = call =>
        {
            if (GoogleDriveScene.IsContent(call))
            {
                scene.Source.Files.Remove(file);
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        scene.Source.Intercept = _ => null;
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true) =>
        await SceneAsync(Items, configure, time, connect);

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((GoogleDriveScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((GoogleDriveScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((GoogleDriveScene)scene).Source.Files.Put("new.txt", "new");

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Download => GoogleDriveScene.IsContent(call),
        _ => GoogleDriveScene.IsListing(call, isFirst: step == SourceStep.Listing),
    };

    protected override void Vanish(SourceScene scene)
    {
        var source = ((GoogleDriveScene)scene).Source;
        source.Files.Change(source.Files.Of(null)[3].Id, file => file with { Trashed = true });
        source.ExpireTokens();
    }

    private static async Task<GoogleDriveScene> SceneAsync(
        int files = Items, Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await GoogleDriveScene.StartAsync(configure, options => options.PageItemsMax = 2, time, connect);
        for (var i = 0; i < files; i++)
        {
            scene.Source.Files.Put($"f{i}.txt", $"content {i}");
        }

        return scene;
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>What Dropbox may do to a run, and what the platform holds afterwards.</summary>
public sealed class DropboxFaultTests : SourceFaultSuite
{
    private const string List = "2/files/list_folder";
    private const string Continue = "2/files/list_folder/continue";
    private const string Download = "2/files/download";

    protected override string RevokePath => "2/auth/token/revoke";

    protected override string ClientSecret => DropboxEmulator.AppSecret;

    [Theory]
    [InlineData("""{"entries":[],"has_more":false}""")]
    [InlineData("""{"cursor":"J:0:0:0","has_more":false}""")]
    public async Task An_answer_without_one_of_its_members_is_asked_for_again(string body)
    {
        await using var scene = await SceneAsync();
        var failed = Fail(scene, SourceStep.NextPage, 2, new Fault(200) { Body = body });
        await scene.RunAsync();
        Assert.Equal(2, failed());
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task An_empty_page_in_the_middle_deletes_nothing()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync();
        var cursor = (await scene.Host.AccountAsync(scene.Token)).Cursor;
        Fail(scene, SourceStep.NextPage, 1, new Fault(200) { Body = $$"""{"entries":[],"cursor":"{{cursor}}","has_more":true}""" });
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_full_listing_that_is_empty_asks_before_it_deletes_even_a_few()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync();
        scene.Source.ResetCursors();
        Fail(scene, SourceStep.Listing, 1, new Fault(200) { Body = """{"entries":[],"cursor":"J:9:9:9","has_more":false}""" });
        await scene.RunAsync();
        Assert.Equal(6, (await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
        Assert.Equal(6, scene.Platform.Documents.Count);
        await scene.RunAsync(("full", "1"));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Null((await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
    }

    [Fact]
    public async Task Acceptance_access_refused_for_good_ends_in_a_reconnection()
    {
        await using var scene = await SceneAsync();
        scene.Source.Intercept = call => call.Path == List ? new Fault(403) { Body = "{}" } : null;
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_file_that_Dropbox_never_gives_ends_in_the_error_list_and_is_passed_by()
    {
        await using var scene = await SceneAsync();
        var bad = scene.Source.Files.Find("/f2")!.Id;
        scene.Source.Intercept = call => call.Path == Download && call.Argument.Contains(bad, StringComparison.Ordinal)
            ? new Fault(409) { Body = """{"error_summary":"path/restricted_content/.."}""" }
            : null;
        await scene.RunAsync();
        Assert.Equal(5, scene.Platform.Files.Count);
        Assert.Equal("fetch", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Stage);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_file_that_vanishes_before_its_download_is_no_error()
    {
        await using var scene = await SceneAsync(files: 1);
        scene.Source.Intercept = call =>
        {
            if (call.Path == Download)
            {
                scene.Source.Files.Delete("/f0");
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        scene.Source.Intercept = _ => null;
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task A_signed_notice_starts_a_run_and_an_unsigned_one_does_not()
    {
        await using var scene = await DropboxScene.StartAsync(options => options.DebounceSeconds = 0);
        using var challenge = await scene.Host.GetAsync("webhook?challenge=abc-123");
        Assert.Equal("abc-123", await challenge.Content.ReadAsStringAsync());
        using var script = await scene.Host.GetAsync("webhook?challenge=" + Uri.EscapeDataString("<script>"));
        Assert.Equal(HttpStatusCode.BadRequest, script.StatusCode);

        var body = Encoding.UTF8.GetBytes($$$"""{"list_folder":{"accounts":["{{{DropboxEmulator.AccountId}}}"]}}""");
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, body, new string('0', 64)));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(DropboxEmulator.AppSecret), body);
        Assert.Equal(HttpStatusCode.OK, await NoticeAsync(scene, body, Convert.ToHexStringLower(signature)));
        await Eventually.TrueAsync(async () =>
            (await scene.Host.AccountAsync(scene.Token)).LastSuccess is not null);
        Assert.Equal("webhook", (await scene.Host.LastRunAsync(scene.Token)).Reason);
    }

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true) =>
        await SceneAsync(Items, configure, time, connect);

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((DropboxScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((DropboxScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((DropboxScene)scene).Source.Files.Put("/new", "new");

    protected override bool Is(SourceStep step, EmulatedCall call) => call.Path == step switch
    {
        SourceStep.Listing => List,
        SourceStep.NextPage => Continue,
        _ => Download,
    };

    protected override void Vanish(SourceScene scene)
    {
        var source = ((DropboxScene)scene).Source;
        source.Files.Delete("/f3");
        source.ResetCursors();
    }

    private static async Task<DropboxScene> SceneAsync(
        int files = Items, Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await DropboxScene.StartAsync(configure, options => options.PageItemsMax = 2, time, connect);
        for (var i = 0; i < files; i++)
        {
            scene.Source.Files.Put($"/f{i}", $"content {i}");
        }

        return scene;
    }

    private static Task<HttpStatusCode> NoticeAsync(DropboxScene scene, byte[] body, string signature) =>
        scene.NoticeAsync(body, ("X-Dropbox-Signature", signature));
}

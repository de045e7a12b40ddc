using System.Net;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.GoogleDrive;

/// <summary>Drive's channels of notices (providers specification, section 10).</summary>
public sealed class GoogleDriveNoticeTests
{
    private const string Address = "https://search.example.com/providers/google-drive/webhook";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Task<GoogleDriveScene> StartAsync(TimeProvider? time = null, bool connect = true) =>
        GoogleDriveScene.StartAsync(
            options =>
            {
                options.IntervalMinutes = 0;
                options.DebounceSeconds = 0;
            },
            options => options.NoticeUrl = Address,
            time,
            connect);

    // The channel of the scene's account, once the run that follows its beginning is over.
    private static async Task<DriveChannelEntry> ChannelAsync(GoogleDriveScene scene)
    {
        var subscription = await scene.Host.SubscribedAsync(scene.Token);
        await scene.Host.RunsAsync(scene.Token, 1);
        return scene.Source.Channels.Open.Single(channel => channel.Id == subscription.Id);
    }

    private static Task<HttpStatusCode> NoticeAsync(GoogleDriveScene scene, (string Name, string Value)[] headers) =>
        scene.NoticeAsync([], headers);

    [Fact]
    public async Task A_channel_begins_with_the_connection_and_its_notice_starts_a_run()
    {
        await using var scene = await StartAsync();
        var channel = await ChannelAsync(scene);
        Assert.Equal(Address, channel.Address);
        var runs = await scene.Host.RunsAsync(scene.Token, 1);
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, channel.Notice("sync", 1)));
        var file = scene.Source.Files.Put("new.txt", "new");
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, channel.Notice()));
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(scene.Token, runs + 1));
        var run = await scene.Host.LastRunAsync(scene.Token);
        Assert.Equal(("webhook", "incremental"), (run.Reason, run.Mode));
        Assert.Equal(["/new.txt"], scene.Paths().Keys);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_notice_that_is_forged_or_of_another_channel_is_refused()
    {
        await using var scene = await StartAsync();
        var channel = await ChannelAsync(scene);
        var runs = await scene.Host.RunsAsync(scene.Token, 1);
        var forged = channel with { Token = new string('0', channel.Token.Length) };
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, forged.Notice()));
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, (channel with { Token = "" }).Notice()));
        var foreign = channel with { Id = Guid.NewGuid().ToString() };
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, foreign.Notice()));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await NoticeAsync(scene, [.. channel.Notice().Where(header => header.Name != "X-Goog-Channel-Token")]));
        Assert.Equal(HttpStatusCode.BadRequest, await NoticeAsync(scene, []));
        using var get = await scene.Host.GetAsync("webhook");
        Assert.Equal(HttpStatusCode.BadRequest, get.StatusCode);

        // A wrongly started run would be among those that are over once a new run is.
        await scene.RunAsync();
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(scene.Token, runs + 1));
    }

    [Fact]
    public async Task A_channel_is_replaced_before_it_ends_and_the_old_one_counts_no_more()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        var first = await ChannelAsync(scene);
        Assert.Equal(TimeSpan.FromDays(7), first.Ends - time.GetUtcNow());
        var stored = (await scene.Host.SubscriptionAsync(scene.Token))!;
        Assert.Equal(TimeSpan.FromDays(6), stored.RenewAt - time.GetUtcNow());

        // A restart goes on with the channel that is there.
        await scene.RestartAsync();
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromHours(1)), what: "the channel is looked at");
        time.Advance(stored.RenewAt - time.GetUtcNow() - Minute);
        var second = await scene.Host.SubscribedAsync(scene.Token, stored, time);
        Assert.Equal(2, scene.Emulator.Of("drive/v3/changes/watch").Count);
        await Eventually.TrueAsync(
            () => scene.Source.Channels.Open is [var only] && only.Id == second.Id, TimeSpan.FromSeconds(60),
            "the old channel is stopped");
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, first.Notice()));
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, scene.Source.Channels.Open[0].Notice()));
    }

    [Fact]
    public async Task A_channel_is_stopped_before_its_account_is_gone()
    {
        await using var scene = await StartAsync();
        var channel = await ChannelAsync(scene);
        using var deleted = await scene.Host.DeleteAsync("token?access_token=" + scene.Token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await Eventually.TrueAsync(() => scene.Emulator.Of("revoke").Count == 1, TimeSpan.FromSeconds(60), "the grant is given back");
        Assert.Empty(scene.Source.Channels.Open);
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, channel.Notice()));
    }

    [Fact]
    public async Task A_Drive_that_refuses_a_channel_is_updated_all_the_same()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time, connect: false);
        scene.Emulator.Intercept = call => call.Path == "drive/v3/changes/watch"
            ? new Fault(401) { Body = GoogleEmulator.Refusal(401, "push.webhookUrlUnauthorized") }
            : null;
        await scene.ConnectAsync();
        await Eventually.TrueAsync(
            async () => (await scene.Host.ErrorsAsync(scene.Token)).Any(error => error.Stage == "subscribe"),
            TimeSpan.FromSeconds(60), "the refusal is told");
        var error = Assert.Single(await scene.Host.ErrorsAsync(scene.Token));
        Assert.Contains("push.webhookUrlUnauthorized", error.Message, StringComparison.Ordinal);
        scene.Source.Files.Put("f.txt", "content");
        await scene.Host.RunAsync(scene.Token);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.False((await scene.Host.AccountAsync(scene.Token)).RequireRefresh);

        scene.Emulator.Intercept = _ => null;
        await scene.Host.SubscribedAsync(scene.Token, time: time);
        Assert.Single(scene.Source.Channels.Open);
    }

    [Fact]
    public async Task Two_accounts_have_a_channel_each()
    {
        await using var scene = await StartAsync();
        var first = (scene.Token, Channel: await ChannelAsync(scene));
        await scene.ConnectAsync("code=c2");
        var second = (scene.Token, Channel: await ChannelAsync(scene));
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(2, scene.Source.Channels.Open.Count);
        var runs = await scene.Host.RunsAsync(first.Token, 1);
        var others = await scene.Host.RunsAsync(second.Token, 1);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await NoticeAsync(scene, (first.Channel with { Token = second.Channel.Token }).Notice()));
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, first.Channel.Notice()));
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(first.Token, runs + 1));
        Assert.Equal(others, await scene.Host.RunsAsync(second.Token, others));
    }

    [Fact]
    public async Task A_connection_that_is_renewed_gets_another_channel()
    {
        await using var scene = await StartAsync();
        var before = await ChannelAsync(scene);
        var stored = await scene.Host.SubscriptionAsync(scene.Token);
        await scene.ConnectAsync("anyfetch_token=" + scene.Token);
        await Eventually.TrueAsync(
            () => scene.Source.Channels.Open is [var only] && only.Id != before.Id, TimeSpan.FromSeconds(60),
            "the channel is replaced");
        Assert.NotEqual(stored, await scene.Host.SubscriptionAsync(scene.Token));
    }

    [Theory]
    [InlineData("https://search.example.com/providers/google-drive/webhook", true)]
    [InlineData("https://SEARCH.example.com:8443/webhook", true)]
    [InlineData("http://search.example.com/webhook", false)]
    [InlineData("https://localhost:8000/webhook", false)]
    [InlineData("https://search/webhook", false)]
    [InlineData("https://search.corp.internal/webhook", false)]
    [InlineData("https://printer.local/webhook", false)]
    [InlineData("https://192.168.1.2/webhook", false)]
    [InlineData("https://[::1]/webhook", false)]
    [InlineData("no address", false)]
    public void Notices_are_ordered_to_a_public_https_address_alone(string address, bool isOrdered)
    {
        var options = new GoogleDriveProviderOptions();
        Assert.Equal(isOrdered ? address : null, Target(options, address));
        Assert.Equal(isOrdered ? address : null, Target(new() { NoticeUrl = address }, "http://127.0.0.1/webhook"));
        options.Notices = false;
        Assert.Null(Target(options, address));
    }

    private static string? Target(GoogleDriveProviderOptions options, string webhookUrl)
    {
        using var provider = new GoogleDriveProvider(
            Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System);
        return provider.SubscriptionTarget(webhookUrl);
    }
}

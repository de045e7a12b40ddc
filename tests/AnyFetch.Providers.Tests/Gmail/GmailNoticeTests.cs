using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Gmail;

/// <summary>Gmail's notices by Cloud Pub/Sub (providers specification, sections 3 and 10).</summary>
public sealed class GmailNoticeTests
{
    private const string Bill = "bill@gmail.test";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private string _topic = PubSubPush.Topic;

    private Task<GmailScene> StartAsync(TimeProvider? time = null, bool connect = true) => GmailScene.StartAsync(
        options =>
        {
            options.IntervalMinutes = 0;
            options.DebounceSeconds = 0;
        },
        options => (options.NoticeTopic, options.NoticeAudience, options.NoticeAccount) =
            (_topic, PubSubPush.Audience, PubSubPush.Account),
        time,
        connect);

    // How many runs there were, once the one that follows the beginning of the watch is over.
    private static async Task<int> WatchedAsync(GmailScene scene)
    {
        await scene.Host.SubscribedAsync(scene.Token);
        return await scene.Host.RunsAsync(scene.Token, 1);
    }

    private static Task<HttpStatusCode> NoticeAsync(GmailScene scene, string token, byte[]? body = null) =>
        scene.NoticeAsync(body ?? PubSubPush.Body(GoogleEmulator.Email), ("Authorization", "Bearer " + token));

    private static string With(GmailScene scene, string claim, JsonNode? value)
    {
        var claims = scene.Source.Push.Claims();
        claims[claim] = value;
        return scene.Source.Push.Token(claims);
    }

    [Fact]
    public async Task A_mailbox_is_watched_from_its_connection_on_and_a_notice_starts_a_run()
    {
        await using var scene = await StartAsync();
        var runs = await WatchedAsync(scene);
        Assert.Equal(PubSubPush.Topic, scene.Source.Watches.Topic);
        scene.Box.Deliver(GmailScene.Letter("News", GmailScene.File("a.txt", "attached")));
        var body = PubSubPush.Body(GoogleEmulator.Email.ToUpperInvariant());
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, scene.Source.Push.Token(), body));
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(scene.Token, runs + 1));
        var run = await scene.Host.LastRunAsync(scene.Token);
        Assert.Equal(("webhook", "incremental"), (run.Reason, run.Mode));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(2, scene.Stored().Count);
    }

    [Fact]
    public async Task A_notice_without_a_genuine_token_of_our_subscription_is_refused()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        var runs = await WatchedAsync(scene);
        var push = scene.Source.Push;
        using var otherKey = RSA.Create(2048);
        var altered = push.Token().Split('.');
        altered[1] = With(scene, "email", "eve@gmail.test").Split('.')[1];
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        string[] unproven =
        [
            "", "garbage", "a.b.c", push.Unsigned(), push.SignedWithPublicKey(), push.Token(key: otherKey),
            string.Join('.', altered), With(scene, "exp", now - 3600), With(scene, "exp", null), With(scene, "nbf", now + 3600),
            push.Token() + new string('a', 20_000),
        ];
        foreach (var token in unproven)
        {
            Assert.Equal((token, HttpStatusCode.Unauthorized), (token, await NoticeAsync(scene, token)));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await scene.NoticeAsync(PubSubPush.Body(GoogleEmulator.Email)));
        string[] ofOthers =
        [
            With(scene, "aud", "https://other.example.com/"), With(scene, "iss", "https://accounts.example.com"),
            With(scene, "email", "eve@project.iam.gserviceaccount.test"), With(scene, "email", null),
            With(scene, "email_verified", false), With(scene, "email_verified", null),
        ];
        foreach (var token in ofOthers)
        {
            Assert.Equal((token, HttpStatusCode.Forbidden), (token, await NoticeAsync(scene, token)));
        }

        // A wrongly started run would be among those that are over once a new run is.
        await scene.RunAsync();
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(scene.Token, runs + 1));
    }

    [Fact]
    public async Task A_notice_of_an_unknown_mailbox_is_taken_and_one_that_cannot_be_read_is_not()
    {
        await using var scene = await StartAsync();
        var runs = await WatchedAsync(scene);
        var token = scene.Source.Push.Token();
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, token, PubSubPush.Body("carl@gmail.test")));
        string[] unreadable =
        [
            "{}", """{"message":null}""", """{"message":{"data":"%"}}""", """{"message":{"data":"bm8ganNvbg=="}}""",
            """{"message":{"data":"e30="}}""", """{"message":{"data":5}}""", "no JSON", "[]",
        ];
        foreach (var body in unreadable)
        {
            Assert.Equal(
                (body, HttpStatusCode.BadRequest), (body, await NoticeAsync(scene, token, Encoding.UTF8.GetBytes(body))));
        }

        await scene.RunAsync();
        Assert.Equal(runs + 1, await scene.Host.RunsAsync(scene.Token, runs + 1));
    }

    [Fact]
    public async Task Keys_are_asked_for_again_when_Google_changes_them_but_not_at_every_forged_token()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        await WatchedAsync(scene);
        var push = scene.Source.Push;
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, push.Token()));
        push.Rotate();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await NoticeAsync(scene, push.Token()));
        }

        Assert.Single(scene.Emulator.Of("oauth2/v3/certs"));
        time.Advance(Minute);
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, push.Token()));
        Assert.Equal(2, scene.Emulator.Of("oauth2/v3/certs").Count);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, push.Token()));
        Assert.Equal(3, scene.Emulator.Of("oauth2/v3/certs").Count);
    }

    [Fact]
    public async Task While_Googles_keys_cannot_be_read_Pub_Sub_is_asked_to_deliver_again()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        await WatchedAsync(scene);
        scene.Emulator.Intercept = call => call.Path == "oauth2/v3/certs" ? new Fault(500) : null;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await NoticeAsync(scene, scene.Source.Push.Token()));
        scene.Emulator.Intercept = _ => null;
        time.Advance(Minute);
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, scene.Source.Push.Token()));
    }

    [Fact]
    public async Task A_watch_is_renewed_every_day_and_ends_with_the_account()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        await WatchedAsync(scene);
        var stored = (await scene.Host.SubscriptionAsync(scene.Token))!;
        Assert.Equal(TimeSpan.FromDays(1), stored.RenewAt - time.GetUtcNow());
        await scene.RestartAsync();
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromHours(1)), what: "the watch is looked at");
        time.Advance(stored.RenewAt - time.GetUtcNow() - Minute);
        await scene.Host.SubscribedAsync(scene.Token, stored, time);
        Assert.Equal(2, scene.Emulator.Of("gmail/v1/users/me/watch").Count);
        Assert.Empty(scene.Emulator.Of("gmail/v1/users/me/stop"));
        using var deleted = await scene.Host.DeleteAsync("token?access_token=" + scene.Token);
        await Eventually.TrueAsync(() => scene.Emulator.Of("revoke").Count == 1, TimeSpan.FromSeconds(60), "the grant is given back");
        Assert.Null(scene.Source.Watches.Topic);
    }

    [Fact]
    public async Task Two_accounts_of_a_mailbox_share_its_watch_and_those_of_another_hear_nothing()
    {
        await using var scene = await StartAsync();
        await WatchedAsync(scene);
        var first = scene.Token;
        await scene.ConnectAsync("code=c2");
        await WatchedAsync(scene);
        var second = scene.Token;
        scene.Source.ConsentingEmail = Bill;
        await scene.ConnectAsync("code=c3");
        var bills = await WatchedAsync(scene);
        Assert.Equal(3, new[] { first, second, scene.Token }.Distinct().Count());
        var (one, two) = (await scene.Host.RunsAsync(first, 1), await scene.Host.RunsAsync(second, 1));
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(scene, scene.Source.Push.Token()));
        Assert.Equal(one + 1, await scene.Host.RunsAsync(first, one + 1));
        Assert.Equal(two + 1, await scene.Host.RunsAsync(second, two + 1));
        Assert.Equal(bills, await scene.Host.RunsAsync(scene.Token, bills));

        using var deleted = await scene.Host.DeleteAsync("token?access_token=" + first);
        await Eventually.TrueAsync(() => scene.Emulator.Of("revoke").Count == 1, TimeSpan.FromSeconds(60), "the first leaves");
        Assert.Equal(PubSubPush.Topic, scene.Source.Watches.Topic);
    }

    [Fact]
    public async Task Another_topic_takes_the_place_of_the_earlier_and_a_refused_one_fails_no_run()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time);
        await WatchedAsync(scene);
        var stored = await scene.Host.SubscriptionAsync(scene.Token);
        _topic = "projects/project/topics/other";
        await scene.RestartAsync(() => scene.Emulator.Intercept = call => call.Path == "gmail/v1/users/me/watch"
            ? new Fault(403) { Body = GoogleEmulator.Refusal(403, "forbidden") }
            : null);
        await Eventually.TrueAsync(
            async () => (await scene.Host.ErrorsAsync(scene.Token)).Any(error => error.Stage == "subscribe"),
            TimeSpan.FromSeconds(60), "the refusal is told");
        scene.Box.Deliver(GmailScene.Letter("News"));
        await scene.Host.RunAsync(scene.Token);
        Assert.Equal(scene.Expected(), scene.Stored());
        scene.Emulator.Intercept = _ => null;
        await scene.Host.SubscribedAsync(scene.Token, stored, time);
        Assert.Equal(_topic, scene.Source.Watches.Topic);
    }

    [Fact]
    public async Task Without_a_topic_nothing_is_watched_and_no_notice_is_believed()
    {
        _topic = "";
        await using var scene = await StartAsync();
        await scene.RunAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, scene.Source.Push.Token()));
        Assert.Empty(scene.Emulator.Of("gmail/v1/users/me/watch"));
    }

    [Theory]
    [InlineData("", "", "", 0)]
    [InlineData(PubSubPush.Topic, PubSubPush.Audience, PubSubPush.Account, 0)]
    [InlineData(PubSubPush.Topic, "", PubSubPush.Account, 1)]
    [InlineData(PubSubPush.Topic, PubSubPush.Audience, "", 1)]
    [InlineData("gmail", PubSubPush.Audience, PubSubPush.Account, 1)]
    [InlineData("projects//topics/gmail", "", "", 2)]
    public void A_topic_is_named_in_full_and_needs_what_its_notices_are_proven_by(
        string topic, string audience, string account, int faults)
    {
        var options = new GmailProviderOptions { NoticeTopic = topic, NoticeAudience = audience, NoticeAccount = account };
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        Assert.Equal(faults, found.Count);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Dapper;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>Sources that send notices while they are asked to: what is asked, renewed, remembered and ended.</summary>
public sealed class SubscriptionTests
{
    private const string Secret = "a secret of the source";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<(long Account, Subscription? Before)> _asked = new();
    private readonly ConcurrentQueue<string> _ended = new();
    private string? _target = "address";
    private Func<long, string> _idOf = account => $"s{account}";

    private async Task<Scene> StartAsync()
    {
        var scene = await Scene.StartAsync(
            options =>
            {
                options.IntervalMinutes = 0;
                options.DebounceSeconds = 0;
            },
            _time,
            token: null);
        scene.Script.Target = _ => _target;
        scene.Script.Subscribe = (account, _) =>
        {
            _asked.Enqueue((account.Id, account.Subscription));
            return new Subscription(_idOf(account.Id), _time.GetUtcNow() + Day) { Secret = Secret };
        };
        scene.Script.Unsubscribe = (_, subscription) => _ended.Enqueue(subscription.Id);
        await scene.Host.AddAccountAsync("T");
        return scene;
    }

    private Task<Subscription> RenewedAsync(Scene scene, Subscription before)
    {
        _time.Advance(before.RenewAt - _time.GetUtcNow());
        return scene.Host.SubscribedAsync("T", before, _time);
    }

    [Fact]
    public async Task An_account_is_subscribed_once_and_renewed_in_time_across_restarts()
    {
        await using var scene = await StartAsync();
        var first = await scene.Host.SubscribedAsync("T");
        Assert.Equal(_time.GetUtcNow() + Day, first.RenewAt);
        await scene.RestartAsync();
        await Eventually.TrueAsync(() => _time.IsAwaited(TimeSpan.FromHours(1)), what: "the subscription is looked at");
        var second = await RenewedAsync(scene, first);

        // The second call knows what the first one made: the restart began with what was stored.
        Assert.Equal([null, first], _asked.Select(call => call.Before));
        Assert.True(second.RenewAt >= first.RenewAt + Day);
        Assert.Empty(_ended);
        var stored = await scene.Host.Store.Queue.RunAsync(
            connection => connection.ExecuteScalar<byte[]>("SELECT subscription FROM accounts"), CancellationToken.None);
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
    }

    [Fact]
    public async Task A_subscription_that_begins_is_followed_by_a_run_and_one_that_is_renewed_is_not()
    {
        await using var scene = await StartAsync();
        var first = await scene.Host.SubscribedAsync("T");
        Assert.Equal(1, await scene.Host.RunsAsync("T", 1));
        Assert.Equal("webhook", (await scene.Host.LastRunAsync("T")).Reason);
        var second = await RenewedAsync(scene, first);
        _idOf = account => $"other {account}";
        await RenewedAsync(scene, second);
        Assert.Equal(2, await scene.Host.RunsAsync("T", 2));
        Assert.Equal(["s1"], _ended);
    }

    [Fact]
    public async Task A_subscription_for_another_target_takes_the_place_of_the_earlier_and_none_ends_it()
    {
        await using var scene = await StartAsync();
        var first = await scene.Host.SubscribedAsync("T");
        _target = "another address";
        _idOf = _ => "next";
        await scene.RestartAsync();
        var second = await scene.Host.SubscribedAsync("T", first);
        Assert.Equal("next", second.Id);
        await Eventually.TrueAsync(() => _ended.SequenceEqual(["s1"]), TimeSpan.FromSeconds(60), "the first ends");
        _target = null;
        await scene.RestartAsync();
        await Eventually.TrueAsync(() => _ended.SequenceEqual(["s1", "next"]), TimeSpan.FromSeconds(60), "the second ends");
        Assert.Null(await scene.Host.SubscriptionAsync("T"));
    }

    [Fact]
    public async Task A_refusal_fails_no_run_is_in_the_error_list_and_is_tried_again()
    {
        await using var scene = await StartAsync();
        var working = scene.Script.Subscribe;
        scene.Script.Subscribe = (_, _) =>
        {
            _asked.Enqueue((0, null));
            throw new SourceException(HttpStatusCode.Forbidden, "The source answered 403: notVerified.");
        };
        await scene.Host.AddAccountAsync("U");
        await Eventually.TrueAsync(
            async () => (await scene.Host.ErrorsAsync("U")).Count == 1, TimeSpan.FromSeconds(60), "the refusal is told");
        var error = Assert.Single(await scene.Host.ErrorsAsync("U"));
        Assert.Equal(("subscribe", "Source403", false), (error.Stage, error.Code, error.Retryable));
        await scene.Host.RunAsync("U");
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("U")).Outcome);
        Assert.Single(await scene.Host.ErrorsAsync("U"));

        scene.Script.Subscribe = working;
        await scene.Host.SubscribedAsync("U", time: _time);
        await Eventually.TrueAsync(
            async () => (await scene.Host.ErrorsAsync("U")).Count == 0, TimeSpan.FromSeconds(60), "the refusal is forgotten");
    }

    [Fact]
    public async Task A_subscription_ends_with_the_last_account_that_has_it()
    {
        _idOf = _ => "the mailbox";
        await using var scene = await StartAsync();
        await scene.Host.AddAccountAsync("U");
        await scene.Host.SubscribedAsync("T");
        await scene.Host.SubscribedAsync("U");
        using var first = await scene.Host.DeleteAsync("token?access_token=T");
        await Eventually.TrueAsync(() => scene.Script.Revoked == 1, TimeSpan.FromSeconds(60), "the first leaves");
        Assert.Empty(_ended);
        using var last = await scene.Host.DeleteAsync("token?access_token=U");
        await Eventually.TrueAsync(() => scene.Script.Revoked == 2, TimeSpan.FromSeconds(60), "the last leaves");
        Assert.Equal(["the mailbox"], _ended);
    }

    [Fact]
    public void A_notice_proves_itself_by_both_the_id_and_the_secret()
    {
        var subscription = new Subscription("id", DateTimeOffset.UnixEpoch) { Secret = Subscription.NewSecret() };
        Assert.True(subscription.Sent("id", subscription.Secret));
        Assert.False(subscription.Sent("id", ""));
        Assert.False(subscription.Sent("id", subscription.Secret[1..]));
        Assert.False(subscription.Sent("other", subscription.Secret));
        Assert.False((subscription with { Secret = null }).Sent("id", ""));
        Assert.False((subscription with { Secret = "" }).Sent("id", ""));
        Assert.DoesNotContain(subscription.Secret, subscription.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(subscription.Secret, Subscription.NewSecret());
    }
}

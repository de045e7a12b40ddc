using AnyFetch.Core.Locks;
using AnyFetch.Core.Settings;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Locks;

public abstract class LockStoreSuite(StoreHost host) : StoreSuite(host)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private string Name => $"lock-{Company}";

    private ILockStore Locks => Host.Get<ILockStore>();

    [Fact]
    public async Task One_owner_holds_a_lock_until_it_lets_go()
    {
        Assert.True(await Locks.TryAcquireAsync(Name, "a", s_minute, None));
        Assert.False(await Locks.TryAcquireAsync(Name, "b", s_minute, None));
        await Locks.ReleaseAsync(Name, "b", None);
        Assert.False(await Locks.TryAcquireAsync(Name, "b", s_minute, None));
        await Locks.ReleaseAsync(Name, "a", None);
        Assert.True(await Locks.TryAcquireAsync(Name, "b", s_minute, None));
    }

    [Fact]
    public async Task A_lease_that_ran_out_can_be_taken_and_a_prolonged_one_cannot()
    {
        Assert.True(await Locks.TryAcquireAsync(Name, "a", s_minute, None));
        Host.Time.Advance(s_minute / 2);
        Assert.True(await Locks.TryAcquireAsync(Name, "a", s_minute, None));
        Host.Time.Advance(s_minute / 2);
        Assert.False(await Locks.TryAcquireAsync(Name, "b", s_minute, None));
        Host.Time.Advance(s_minute);
        Assert.True(await Locks.TryAcquireAsync(Name, "b", s_minute, None));
        Assert.False(await Locks.TryAcquireAsync(Name, "a", s_minute, None));
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_wins()
    {
        var tries = Enumerable.Range(0, 30).Select(n => Locks.TryAcquireAsync(Name, $"{n}", s_minute, None).AsTask());
        Assert.Single(await Task.WhenAll(tries), won => won);
    }

    [Fact]
    public async Task A_setting_that_many_add_at_once_gets_one_value()
    {
        var settings = Host.Get<ISettingStore>();
        var values = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(n => settings.GetOrAddAsync(Name, $"{n}", None).AsTask()));
        Assert.Single(values.Distinct());
        await settings.SetAsync(Name + "/b", "2", None);
        await settings.SetAsync(Name + "/b", "3", None);
        Assert.Equal("3", await settings.FindAsync(Name + "/b", None));
        Assert.Null(await settings.FindAsync(Name + "/c", None));
        Assert.Equal([Name, Name + "/b"], (await settings.ListAsync(Name, None)).Select(setting => setting.Key));
    }

    [Fact]
    public async Task A_setting_is_replaced_only_as_it_was_read()
    {
        var settings = Host.Get<ISettingStore>();
        Assert.False(await settings.ReplaceAsync(Name, "1", "2", None));
        await settings.SetAsync(Name, "1", None);
        var replaced = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(n => settings.ReplaceAsync(Name, "1", $"by {n}", None).AsTask()));
        Assert.Single(replaced, done => done);
        Assert.Equal($"by {Array.IndexOf(replaced, true)}", await settings.FindAsync(Name, None));
    }
}

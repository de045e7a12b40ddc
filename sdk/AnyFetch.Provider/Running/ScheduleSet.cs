using System.Security.Cryptography;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>
/// Updates accounts by the clock (provider-protocol, section 9), so that a source without notices is followed for years.
/// The next time is in the store: a restart neither forgets nor repeats it.
/// </summary>
internal sealed class ScheduleSet(ProviderRuntime runtime)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Looks once a minute for accounts that are due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, runtime.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception failure) when (
                failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                // A disk that is full for a moment must not end the schedule for good: the next minute looks again.
                runtime.Log.RunFaulted(account: 0, failure);
            }
        }
    }

    /// <summary>Sets an account's next time, counted from now; none while it is paused, dead, or left to the core.</summary>
    public async Task PlanAsync(AccountRow account, CancellationToken cancellationToken)
    {
        var next = account.Schedule.Paused ? null : Next(account.Schedule);
        await runtime.Store.Accounts.PlanAsync(account.Id, account.Schedule, next?.ToUnixTimeMilliseconds(), cancellationToken);
    }

    // A time of day is meant as it is said; only intervals vary.
    private DateTimeOffset? Next(AccountSchedule schedule)
    {
        var now = runtime.Time.GetUtcNow();
        if (schedule.Cron is { } text && CronSchedule.TryParse(text, out var cron))
        {
            return cron.Next(now, FindZone(schedule.TimeZone) ?? TimeZoneInfo.Utc);
        }

        var minutes = schedule.IntervalMinutes ?? runtime.Options.IntervalMinutes;
        return minutes <= 0 ? null : now.Add(TimeSpan.FromMinutes(minutes) * Jitter());
    }

    /// <summary>A time zone by its name; null when this system does not know it.</summary>
    public static TimeZoneInfo? FindZone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await runtime.Store.Accounts.ListAsync(cancellationToken))
        {
            await LookAsync(account, cancellationToken);
        }
    }

    private async Task LookAsync(AccountRow account, CancellationToken cancellationToken)
    {
        if (account.RequireRefresh || account.Token is null || runtime.Scheduler.Find(account.Id) is not null
            || account.Schedule.Paused)
        {
            return;
        }

        if (account.NextRun is not { } next)
        {
            await PlanAsync(account, cancellationToken);
        }
        else if (next <= runtime.Time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            // Planned again before it starts: a run that cannot start must not be asked for every minute.
            await PlanAsync(account, cancellationToken);
            await runtime.Scheduler.RequestSoonAsync(account.Id, "schedule", cancellationToken, IsFullDue(account));
        }
    }

    private bool IsFullDue(AccountRow account)
    {
        var hours = account.Schedule.FullIntervalHours ?? runtime.Options.FullIntervalHours;
        return hours > 0 && account.LastFull is { } last
            && runtime.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(last) >= TimeSpan.FromHours(hours);
    }

    private double Jitter()
    {
        var percent = Math.Clamp(runtime.Options.IntervalJitterPercent, 0, 100);
        return 1 + (RandomNumberGenerator.GetInt32(-percent, percent + 1) / 100.0);
    }
}

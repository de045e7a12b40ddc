using System.Globalization;
using AnyFetch.Provider.Running;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>
/// <c>POST /account/schedule</c>: when the provider itself updates an account, or not at all. Of an interval and a cron
/// expression the one that was said last counts.
/// </summary>
internal static class ScheduleEndpoints
{
    private const int IntervalMinutesMax = 60 * 24 * 366;
    private const int FullIntervalHoursMax = 24 * 366;
    private const int CronCharactersMax = 200;

    public static Task<IResult> SetAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                if (!TryRead(call, "interval_minutes", 1, IntervalMinutesMax, out var minutes)
                    || !TryRead(call, "full_interval_hours", 0, FullIntervalHoursMax, out var hours))
                {
                    return Reply.Invalid(
                        "interval_minutes must be an integer of at least 1, full_interval_hours one of at least 0; "
                        + "neither may be longer than a year.");
                }

                if (FindFault(call) is { } fault)
                {
                    return Reply.Invalid(fault);
                }

                var schedule = new AccountSchedule
                {
                    Cron = call.Parameters["cron"] ?? (minutes is null ? account.Schedule.Cron : null),
                    TimeZone = call.Parameters["time_zone"] ?? account.Schedule.TimeZone,
                    IntervalMinutes = minutes ?? account.Schedule.IntervalMinutes,
                    FullIntervalHours = hours ?? account.Schedule.FullIntervalHours,
                    Paused = call.Parameters["paused"] is null ? account.Schedule.Paused : call.Parameters.IsSet("paused"),
                };
                await call.Runtime.Store.Accounts.SaveScheduleAsync(account.Id, schedule, cancellationToken);
                await call.Runtime.Schedules.PlanAsync(account with { Schedule = schedule }, cancellationToken);
                return Results.NoContent();
            },
            cancellationToken);

    private static string? FindFault(ProviderCall call) => (call.Parameters["cron"], call.Parameters["time_zone"]) switch
    {
        ({ Length: > CronCharactersMax }, _) => $"cron must have at most {CronCharactersMax} characters.",
        ({ Length: > 0 } cron, _) when !CronSchedule.TryParse(cron, out _) =>
            "cron must have five fields (minute, hour, day, month, day of the week) that can be met.",
        (_, { Length: > 0 } zone) when ScheduleSet.FindZone(zone) is null =>
            "time_zone must be the IANA name of a time zone, such as Europe/Paris.",
        _ => null,
    };

    private static bool TryRead(ProviderCall call, string name, int least, int most, out int? number)
    {
        number = null;
        if (call.Parameters[name] is not { } text)
        {
            return true;
        }

        var isGood = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most;
        number = isGood ? value : null;
        return isGood;
    }
}

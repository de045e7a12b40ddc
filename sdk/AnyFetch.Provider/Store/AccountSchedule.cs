using System.Text.Json;

namespace AnyFetch.Provider.Store;

/// <summary>When the provider itself updates an account; what is null is as the options say.</summary>
internal sealed record AccountSchedule
{
    /// <summary>How often, in minutes.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>How often everything is listed, in hours; 0 never.</summary>
    public int? FullIntervalHours { get; init; }

    /// <summary>When, as a cron expression of five fields, in the place of the interval; null for the interval.</summary>
    public string? Cron { get; init; }

    /// <summary>By the clocks of which zone the expression is meant, an IANA name; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether nothing happens until a person says so; updates that somebody asks for still run.</summary>
    public bool Paused { get; init; }

    /// <summary>As it stands in the store.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProviderJson.Default.AccountSchedule);

    /// <summary>As it stands in the store; an account that nobody gave a schedule has the options' own.</summary>
    public static AccountSchedule Parse(string? json) =>
        json is null ? new AccountSchedule() : JsonSerializer.Deserialize(json, ProviderJson.Default.AccountSchedule)!;
}

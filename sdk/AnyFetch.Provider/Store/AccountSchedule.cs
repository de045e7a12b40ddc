namespace AnyFetch.Provider.Store;

/// <summary>When the provider itself updates an account; what is null is as the options say.</summary>
internal sealed record AccountSchedule
{
    /// <summary>How often, in minutes.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>How often everything is listed, in hours; 0 never.</summary>
    public int? FullIntervalHours { get; init; }

    /// <summary>Whether nothing happens until a person says so; updates that somebody asks for still run.</summary>
    public bool Paused { get; init; }
}

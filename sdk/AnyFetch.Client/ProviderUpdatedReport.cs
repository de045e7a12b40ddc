namespace AnyFetch.Client;

/// <summary>What a provider reports when a run ends (provider-protocol, section 6). All times in milliseconds.</summary>
public sealed record ProviderUpdatedReport
{
    /// <summary>Whether it was the account's first run.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>From the request to the start of the listing.</summary>
    public required long TimeSpentOnQueue { get; init; }

    /// <summary>From the start of the listing to the last document.</summary>
    public required long TimeSpentOnTasks { get; init; }

    /// <summary>From the request to the end.</summary>
    public required long TotalTimeSpent { get; init; }
}

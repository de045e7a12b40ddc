namespace AnyFetch.Client;

/// <summary>How <see cref="AnyFetchClient"/> behaves when the server is slow or asks to wait.</summary>
public sealed class AnyFetchClientOptions
{
    /// <summary>How often a refused or failed call is tried again; 0 never retries. Default 4.</summary>
    public int RetriesMax { get; set; } = 4;

    /// <summary>The first back-off in milliseconds; it doubles with each attempt, with full jitter. Default 500.</summary>
    public int RetryDelayMilliseconds { get; set; } = 500;

    /// <summary>The longest computed back-off, in seconds. Default 30.</summary>
    public int RetryDelaySecondsMax { get; set; } = 30;

    /// <summary>
    /// The longest <c>Retry-After</c> that is waited for, in seconds. When the server asks for more, the call fails at
    /// once with <see cref="AnyFetchException.RetryAfter"/> set. Default 120.
    /// </summary>
    public int RetryAfterSecondsMax { get; set; } = 120;

    /// <summary>How long one attempt of a JSON call may take, in seconds. Default 100.</summary>
    public int TimeoutSeconds { get; set; } = 100;

    /// <summary>How long one attempt of an upload or a download may take, in seconds. Default 7200.</summary>
    public int FileTimeoutSeconds { get; set; } = 7200;

    /// <summary>The clock used for time-outs, back-offs and <c>Retry-After</c> dates.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}

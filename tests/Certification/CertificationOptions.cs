namespace AnyFetch.Certification;

/// <summary>Which provider server is checked, and how it is reached.</summary>
/// <param name="ProviderUrl">Its address.</param>
public sealed record CertificationOptions(Uri ProviderUrl)
{
    /// <summary>
    /// Where the kit plays the core and the manager: the provider must be configured with this address as both. A port of 0
    /// takes a free one.
    /// </summary>
    public string ListenUrl { get; init; } = "http://127.0.0.1:8095";

    /// <summary>What is typed into the provider's set-up form, by field name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>A shell command that runs the provider, so that it can be killed and started again; null to leave that out.</summary>
    public string? Command { get; init; }

    /// <summary>How long one step may take, in seconds. Default 60.</summary>
    public int StepSecondsMax { get; init; } = 60;
}

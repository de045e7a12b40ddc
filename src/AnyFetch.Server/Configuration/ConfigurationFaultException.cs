namespace AnyFetch.Server.Configuration;

/// <summary>The configuration cannot be used. The message lists every fault, one a line.</summary>
public sealed class ConfigurationFaultException(IReadOnlyList<string> faults) : Exception(
    "The configuration cannot be used:\n" + string.Join('\n', faults.Select(f => "  - " + f))
    + "\nEvery key is described in docs/configuration.md.")
{
    /// <summary>Each fault: the key, what it holds and what is allowed.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

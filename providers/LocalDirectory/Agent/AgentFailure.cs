namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>A file that could not be sent or read; the next pass tries it again.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record AgentFailure(string Path, string Reason);

namespace AnyFetch.Hydrater.Isolation;

/// <summary>Workers cannot be had on this machine now. The message says why.</summary>
internal sealed class IsolationException(string message) : Exception(message);

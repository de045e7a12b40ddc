namespace AnyFetch.Hydrater.Isolation;

/// <summary>A worker ended, or had to be ended, in the middle of its task. The message completes "The file cannot be read: ".</summary>
internal sealed class WorkerDiedException(string message) : Exception(message);

namespace AnyFetch.Hydrater.Hosting;

/// <summary>The file could not be brought in; the message is the task's error.</summary>
internal sealed class FileFetchException(string message, bool isTransient) : Exception(message)
{
    internal bool IsTransient { get; } = isTransient;
}

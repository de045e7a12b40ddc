namespace AnyFetch.Hydrater.Hosting;

/// <summary>What bringing in a task's file led to: a local path, no file at all, or a file that is gone.</summary>
internal readonly record struct FetchedFile(string? Path, bool IsGone)
{
    internal static FetchedFile None { get; } = new(null, false);

    internal static FetchedFile Gone { get; } = new(null, true);
}

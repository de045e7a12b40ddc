namespace AnyFetch.Core.Pages;

/// <summary>How far a provider is, by its pages.</summary>
/// <param name="Checkpoint">Where it goes on; null when it never said.</param>
/// <param name="Pages">Pages made so far.</param>
/// <param name="UpdatedAt">When the last one was made; null before the first.</param>
/// <param name="Failures">What it could not read and has not sent since, newest last.</param>
public sealed record PageState(
    string? Checkpoint, long Pages, DateTimeOffset? UpdatedAt, IReadOnlyList<PageFailure> Failures)
{
    /// <summary>Of a provider that never sent a page.</summary>
    public static PageState None { get; } = new(null, 0, null, []);
}

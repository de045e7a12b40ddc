namespace AnyFetch.Hydraters.Archive;

/// <summary>A file in an archive as the format tells it, while the archive is being read.</summary>
/// <param name="Path">The path as it stands in the archive: anything may be in it.</param>
/// <param name="ModifiedAt">When it was last changed, as far as the archive says so.</param>
/// <param name="Open">
/// Opens the content, which is good until the next entry is asked for; null when it cannot be read, which
/// <paramref name="Problem"/> explains.
/// </param>
/// <param name="Problem">Why it cannot be read, in words for people, or null.</param>
internal sealed record ArchiveEntry(string Path, DateTimeOffset? ModifiedAt, Func<Stream>? Open, string? Problem = null);

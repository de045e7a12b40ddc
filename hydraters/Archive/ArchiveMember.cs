using AnyFetch.Client;

namespace AnyFetch.Hydraters.Archive;

/// <summary>A file of an archive once it was expanded.</summary>
/// <param name="Name">Its path in the archive, made harmless.</param>
/// <param name="ModifiedAt">When it was last changed, or null.</param>
/// <param name="File">The content, or null when it could not be read.</param>
/// <param name="Problem">Why it could not, or null.</param>
/// <param name="IsArchive">Whether it is an archive itself.</param>
internal sealed record ArchiveMember(
    string Name, DateTimeOffset? ModifiedAt, DocumentFile? File, string? Problem, bool IsArchive)
{
    internal long Length => File?.Length ?? 0;
}

using System.Globalization;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>One file as the walk or a later look saw it.</summary>
/// <param name="RelativePath">From the root, beginning with <c>/</c>, spelt as on disk.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">The last change of its content.</param>
/// <param name="Created">Its birth, or its last change where the file system knows no birth.</param>
internal sealed record LocalFile(string RelativePath, long Length, DateTimeOffset Modified, DateTimeOffset Created)
{
    /// <summary>Differs when size or time differ; an older time counts as well, for files restored from a backup.</summary>
    public string Version =>
        string.Create(CultureInfo.InvariantCulture, $"{Length}:{Modified.UtcTicks}");
}

using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Filecleaner;

/// <summary>What the filecleaner takes for junk.</summary>
public sealed class FilecleanerHydraterOptions
{
    /// <summary>
    /// Names of files, where <c>*</c> stands for any characters but a slash; compared without case with the last segment of
    /// <c>metadata.path</c>. At most 200. Default: the list of hydraters.md §15.
    /// </summary>
    [Required, MaxLength(200)]
    public IReadOnlyList<string> JunkNames { get; set; } = FilecleanerHydrater.DefaultJunkNames;

    /// <summary>Names of folders whose whole content is junk. At most 100. Default: the list of hydraters.md §15.</summary>
    [Required, MaxLength(100)]
    public IReadOnlyList<string> JunkFolders { get; set; } = FilecleanerHydrater.DefaultJunkFolders;

    /// <summary>
    /// Whether junk stays as a document that is found by its name, and that no other hydrater reads, instead of being deleted.
    /// Default false.
    /// </summary>
    public bool KeepsJunk { get; set; }

    /// <summary>Documents cleaned at the same time. Default 8.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 8;
}

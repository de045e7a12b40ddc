using System.ComponentModel.DataAnnotations;
using Names = AnyFetch.Client.JunkNames;

namespace AnyFetch.Hydraters.Filecleaner;

/// <summary>What the filecleaner takes for junk.</summary>
public sealed class FilecleanerHydraterOptions : IValidatableObject
{
    /// <summary>
    /// Names of files, where <c>*</c> stands for any characters but a slash; compared without case with the last segment of
    /// <c>metadata.path</c>. At most 200. Default: the list of hydraters.md §15.
    /// </summary>
    [Required]
    public IReadOnlyList<string> JunkNames { get; set; } = Names.DefaultFiles;

    /// <summary>Names of folders whose whole content is junk. At most 100. Default: the list of hydraters.md §15.</summary>
    [Required]
    public IReadOnlyList<string> JunkFolders { get; set; } = Names.DefaultFolders;

    /// <summary>
    /// Whether junk stays as a document that is found by its name, and that no other hydrater reads, instead of being deleted.
    /// Default false.
    /// </summary>
    public bool KeepsJunk { get; set; }

    /// <summary>Documents cleaned at the same time. Default 8.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Both lists together.</summary>
    internal Names Junk => new(JunkNames, JunkFolders);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Names.FindFault(JunkNames, Names.FilesMax) is { } fault)
        {
            yield return new ValidationResult($"{nameof(JunkNames)} {fault}.", [nameof(JunkNames)]);
        }

        if (Names.FindFault(JunkFolders, Names.FoldersMax) is { } other)
        {
            yield return new ValidationResult($"{nameof(JunkFolders)} {other}.", [nameof(JunkFolders)]);
        }
    }
}

using AnyFetch.Client;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Hosting;

/// <summary>
/// What an update says of the company's junk: <c>junk_names</c> and <c>junk_folders</c>. What it does not name stays as it is, and
/// null is the default again.
/// </summary>
internal static class JunkParameters
{
    private const string FilesName = "junk_names";
    private const string FoldersName = "junk_folders";

    /// <summary>Null without a fault: the update names neither, or nothing else than before.</summary>
    public static (JunkList? Changed, string? Fault) Read(RequestParameters parameters, JunkList current)
    {
        if (FindFault(parameters, FilesName, JunkNames.FilesMax) is { } wrong)
        {
            return (null, wrong);
        }

        if (FindFault(parameters, FoldersName, JunkNames.FoldersMax) is { } other)
        {
            return (null, other);
        }

        var named = new JunkList(
            parameters.TryTexts(FilesName, out var files) ? files : current.Files,
            parameters.TryTexts(FoldersName, out var folders) ? folders : current.Folders);
        return (IsSame(named.Files, current.Files) && IsSame(named.Folders, current.Folders) ? null : named, null);
    }

    private static string? FindFault(RequestParameters parameters, string name, int most)
    {
        if (!parameters.IsNamed(name))
        {
            return null;
        }

        if (!parameters.TryTexts(name, out var names))
        {
            return $"{name} must be an array of texts, or null.";
        }

        return names is not null && JunkNames.FindFault(names, most) is { } fault ? $"{name} {fault}." : null;
    }

    private static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one == other : one.SequenceEqual(other, StringComparer.Ordinal);
}

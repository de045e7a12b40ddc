namespace AnyFetch.Providers.Box;

/// <summary>
/// Where a file was, as its version tells: <c>{etag} /{folder}/{folder}/ {path}</c>. A file's identifier says nothing of its
/// place, so this is how the files below a folder that is gone are found again.
/// </summary>
internal static class BoxPlace
{
    public static string Format(string? etag, IReadOnlyList<BoxFolder> folders, string path) =>
        $"{etag} /{string.Concat(folders.Select(folder => folder.Id + "/"))} {path}";

    /// <summary>Whether one of these folders is above; null when the version does not say.</summary>
    public static bool? IsBelow(string? version, IReadOnlySet<string> folders)
    {
        var start = version?.IndexOf(" /", StringComparison.Ordinal) ?? -1;
        var end = start < 0 ? -1 : version!.IndexOf(' ', start + 1);
        if (end < 0)
        {
            return null;
        }

        foreach (var folder in version![(start + 1)..end].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (folders.Contains(folder))
            {
                return true;
            }
        }

        return false;
    }
}

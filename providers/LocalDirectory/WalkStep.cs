namespace AnyFetch.Providers.LocalDirectory;

/// <summary>What a walk came across. A closed set: a file, or something that could not be read.</summary>
internal abstract record WalkStep
{
    public sealed record Found(LocalFile File) : WalkStep;

    /// <summary>A file, or with <paramref name="IsDirectory"/> everything below a directory.</summary>
    public sealed record Unreadable(string RelativePath, bool IsDirectory, string Reason) : WalkStep;
}

using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

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

    /// <summary>Whether it changed so shortly before that somebody may still be writing it.</summary>
    public bool MayGrow(DateTimeOffset now, LocalDirectoryProviderOptions options) =>
        now >= Modified && (now - Modified).TotalMilliseconds < options.GrowthMilliseconds;

    /// <summary>The document of the file, without an identifier.</summary>
    public DocumentDraft ToDraft()
    {
        var path = CanonicalText.Compose(RelativePath);
        return new DocumentDraft
        {
            DocumentType = "file",
            CreationDate = Created,
            ModificationDate = Modified,
            Metadata = new JsonObject
            {
                ["path"] = path,
                ["title"] = ReadableTitle.FromPath(path),
                ["extension"] = Path.GetExtension(path).TrimStart('.').ToLowerInvariant(),
                ["size"] = Length,
            },
        };
    }

    /// <summary>The content of the file below its root.</summary>
    public DocumentFile ToContent(string root) => new()
    {
        Name = Path.GetFileName(RelativePath),
        Length = Length,
        Open = _ => ValueTask.FromResult(LocalDirectoryClient.Open(root, RelativePath)),
    };
}

using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Markdown;

/// <summary>How the markdown hydrater reads files.</summary>
public sealed class MarkdownHydraterOptions
{
    /// <summary>Bytes of a Markdown file; the rest is left out and <c>data.truncated</c> set. Default 8 MiB.</summary>
    [Range(1024, 64 << 20)]
    public int FileBytesMax { get; set; } = 8 << 20;

    /// <summary>Files read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;
}

using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Images;

/// <summary>How documents are drawn as images, by Chromium without a window. Section <c>Images</c>.</summary>
public sealed class PageImageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Images";

    /// <summary>The browser: a name to look for in <c>PATH</c>, or a path. Without it there are no images.</summary>
    [Required]
    public string Program { get; set; } = "chromium";

    /// <summary>Pages that are drawn at the same time; others wait.</summary>
    [Range(1, 16)]
    public int PagesMax { get; set; } = 2;

    /// <summary>Pages that wait; more are refused with 503.</summary>
    [Range(0, 1000)]
    public int WaitingMax { get; set; } = 32;

    /// <summary>How long one image may take, waiting included, in seconds.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How long the browser stays after its last page, in seconds.</summary>
    [Range(1, 3600)]
    public int IdleSeconds { get; set; } = 30;

    /// <summary>Highest image, in pixels; a longer page is cut there.</summary>
    [Range(100, 16_000)]
    public int HeightPixelsMax { get; set; } = 10_000;

    /// <summary>Most memory that each of the browser's processes may write to, in bytes.</summary>
    [Range(256L * 1024 * 1024, long.MaxValue)]
    public long MemoryBytesMax { get; set; } = 2L * 1024 * 1024 * 1024;
}

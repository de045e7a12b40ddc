namespace AnyFetch.Core.Rendering;

/// <summary>A page to draw (search-and-projection.md §4.2).</summary>
/// <param name="Html">The page, a whole HTML document. Nothing outside of it but <c>data:</c> addresses is loaded.</param>
/// <param name="WidthPixels">
/// How wide it is drawn, from <see cref="WidthPixelsMin"/> to <see cref="WidthPixelsMax"/> pixels. Null: as wide as its
/// content asks for, within the same limits.
/// </param>
public sealed record PageImageRequest(string Html, int? WidthPixels)
{
    /// <summary>Narrowest image, in pixels.</summary>
    public const int WidthPixelsMin = 100;

    /// <summary>Widest image, in pixels.</summary>
    public const int WidthPixelsMax = 1920;
}

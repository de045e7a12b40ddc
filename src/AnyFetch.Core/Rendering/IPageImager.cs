namespace AnyFetch.Core.Rendering;

/// <summary>Draws an HTML page as a picture, without running its scripts and without any network.</summary>
public interface IPageImager
{
    /// <summary>Why nothing can be drawn on this machine, in one sentence for people; null when it can.</summary>
    string? Unavailable { get; }

    /// <summary>
    /// Draws a whole page, down to the height that the imager is bounded to. Waits while others draw; ends within the
    /// imager's time limit. A page that cannot be drawn is a result, not an exception.
    /// </summary>
    /// <param name="request">The page and how wide it is drawn.</param>
    /// <param name="cancellationToken">Gives up, and frees what the drawing takes.</param>
    ValueTask<PageImage> DrawAsync(PageImageRequest request, CancellationToken cancellationToken);
}

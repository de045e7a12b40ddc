namespace AnyFetch.Hydrater.Sniffing;

/// <summary>What a file is.</summary>
/// <param name="ContentType">The MIME type judged by the content, <c>application/octet-stream</c> when nothing is known.</param>
/// <param name="IsText">Whether the bytes read as text in some encoding.</param>
/// <param name="ClaimedType">The MIME type that the file's extension claims, or null.</param>
public sealed record SniffedContent(string ContentType, bool IsText, string? ClaimedType)
{
    /// <summary>The type of content that is not known.</summary>
    public const string Unknown = "application/octet-stream";
}

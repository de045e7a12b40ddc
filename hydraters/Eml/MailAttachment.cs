namespace AnyFetch.Hydraters.Eml;

/// <summary>A file that came with a mail.</summary>
/// <param name="Name">A name without folders, never empty.</param>
/// <param name="ContentType">The declared MIME type, in lower case.</param>
/// <param name="Open">Opens the content; it can be opened again.</param>
internal sealed record MailAttachment(string Name, string ContentType, Func<Stream> Open)
{
    /// <summary>The id by which the mail's HTML may name it.</summary>
    internal string? ContentId { get; init; }

    /// <summary>The address by which the mail's HTML may name it.</summary>
    internal string? ContentLocation { get; init; }
}

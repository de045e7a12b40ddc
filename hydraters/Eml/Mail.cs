using AnyFetch.Mime;

namespace AnyFetch.Hydraters.Eml;

/// <summary>A mail as all formats give it. It owns what its attachments are read from.</summary>
internal sealed class Mail : IDisposable
{
    private readonly List<IDisposable> _sources = [];

    internal required string ContentType { get; init; }

    internal IReadOnlyList<MailAddress> From { get; init; } = [];

    internal IReadOnlyList<MailAddress> To { get; init; } = [];

    internal IReadOnlyList<MailAddress> Cc { get; init; } = [];

    internal IReadOnlyList<MailAddress> Bcc { get; init; } = [];

    internal string Subject { get; init; } = "";

    internal DateTimeOffset? Date { get; init; }

    internal string? MessageId { get; init; }

    internal string? InReplyTo { get; init; }

    /// <summary>The plain body, or null.</summary>
    internal string? Text { get; set; }

    /// <summary>The HTML body as it was sent, or null.</summary>
    internal string? Html { get; set; }

    internal List<MailAttachment> Attachments { get; } = [];

    /// <summary>Whether something is beyond a limit and was left out.</summary>
    internal bool IsTruncated { get; set; }

    internal void Own(IDisposable source) => _sources.Add(source);

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }
}

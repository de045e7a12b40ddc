using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Embedmail;

/// <summary>How the embedmail hydrater works.</summary>
public sealed class EmbedmailHydraterOptions
{
    /// <summary>
    /// Keeps the HTML with its quotations in <c>data.quoted_html</c> when some were removed. Default false.
    /// </summary>
    public bool KeepsQuotedHtml { get; set; }

    /// <summary>Messages of one thread that are looked at; the others stay as they are. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MessagesMax { get; set; } = 2_000;

    /// <summary>Mails read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;
}

using AnyFetch.Mime.Headers;
using AnyFetch.Mime.Parsing;

namespace AnyFetch.Mime;

/// <summary>A mail (RFC 5322): its header and its body.</summary>
public sealed class MimeMessage
{
    private MimeMessage(MimePart body, bool isIncomplete)
    {
        Body = body;
        IsIncomplete = isIncomplete;
    }

    /// <summary>The root of the parts; it carries the mail's own header.</summary>
    public MimePart Body { get; }

    /// <summary>The mail's header fields.</summary>
    public HeaderList Headers => Body.Headers;

    /// <summary>Whether something is beyond a limit of <see cref="MimeOptions"/> and was left out.</summary>
    public bool IsIncomplete { get; }

    /// <summary>Who wrote the mail.</summary>
    public IReadOnlyList<MailAddress> From => Headers.Addresses("From");

    /// <summary>Whom it was written to.</summary>
    public IReadOnlyList<MailAddress> To => Headers.Addresses("To");

    /// <summary>Who got a copy.</summary>
    public IReadOnlyList<MailAddress> Cc => Headers.Addresses("Cc");

    /// <summary>Who got a copy that the others do not see.</summary>
    public IReadOnlyList<MailAddress> Bcc => Headers.Addresses("Bcc");

    /// <summary>The decoded subject, or empty.</summary>
    public string Subject => Headers.Text("Subject")?.Trim() ?? "";

    /// <summary>The mail's own id without its angle brackets, or null.</summary>
    public string? MessageId => IdIn("Message-ID");

    /// <summary>The id of the mail that this one answers, without its angle brackets, or null.</summary>
    public string? InReplyTo => IdIn("In-Reply-To");

    /// <summary>
    /// When the mail was written; when nothing readable says so, when it was last received; else null.
    /// </summary>
    public DateTimeOffset? Date => Headers.Date("Date") ?? Headers.Date("Resent-Date") ?? Headers.Date("Delivery-Date") ?? Received();

    /// <summary>
    /// Reads a mail. Contents stay in the source, which must be seekable and stay open. Nothing in the content makes it
    /// throw; only the
    /// source's own failures and cancellation do.
    /// </summary>
    public static MimeMessage Read(Stream source, MimeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var parser = new MimeParser(source, options);
        var body = parser.Read(cancellationToken);
        return new MimeMessage(body, parser.IsIncomplete);
    }

    /// <summary>Reads the header only.</summary>
    public static MimeMessage ReadHeader(Stream source, MimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var parser = new MimeParser(source, options);
        return new MimeMessage(parser.ReadHead(), parser.IsIncomplete);
    }

    private DateTimeOffset? Received()
    {
        var received = Headers.Raw("Received");
        return received is null ? null : MailDate.Parse(received[(received.LastIndexOf(';') + 1)..]);
    }

    private string? IdIn(string name)
    {
        var value = Headers.Raw(name);
        if (value is null)
        {
            return null;
        }

        var open = value.IndexOf('<', StringComparison.Ordinal);
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        var id = close < 0 ? value.Trim('<', '>', ' ') : value[(open + 1)..close].Trim();
        return id.Length == 0 ? null : id;
    }
}

using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Text;
using AnyFetch.Mime;
using AnyFetch.Mime.Tnef;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Reads a mail from its Internet form: chooses the bodies, lists the rest as attachments.</summary>
internal sealed class MimeMailReader
{
    private static readonly MimeOptions Mime = new() { DetectCharset = bytes => CharsetDetector.Detect(bytes.Span) };

    private readonly EmlHydraterOptions _options;
    private readonly HydrationContext _context;
    private readonly Mail _mail;
    private string? _outlookText;
    private string? _outlookHtml;

    private MimeMailReader(Mail mail, EmlHydraterOptions options, HydrationContext context)
    {
        _mail = mail;
        _options = options;
        _context = context;
    }

    /// <summary>Reads a mail. Throws <see cref="HydrationException"/> when the file is none.</summary>
    internal static Mail Read(EmlHydraterOptions options, HydrationContext context, CancellationToken cancellationToken)
    {
        var source = context.RequireFile().OpenRead();
        try
        {
            var message = MimeMessage.Read(source, Mime, cancellationToken);
            if (message.Headers.Fields.Count == 0)
            {
                throw new HydrationException("The file is not a mail: it has no header.");
            }

            var mail = ToMail(message);
            mail.Own(source);
            new MimeMailReader(mail, options, context).ReadParts(message.Body);
            return mail;
        }
        catch (Exception)
        {
            source.Dispose();
            throw;
        }
    }

    private static Mail ToMail(MimeMessage message) => new()
    {
        ContentType = "message/rfc822",
        From = message.From,
        To = message.To,
        Cc = message.Cc,
        Bcc = message.Bcc,
        Subject = message.Subject,
        Date = message.Date,
        MessageId = message.MessageId,
        InReplyTo = message.InReplyTo,
        IsTruncated = message.IsIncomplete,
    };

    private void ReadParts(MimePart root)
    {
        var body = root.IsMultipart || !root.ContentType.StartsWith("text/", StringComparison.Ordinal)
            ? Walk(root)
            : ReadBody(root);
        _mail.Text = body.Text ?? (body.Html is null ? _outlookText : null);
        _mail.Html = body.Html ?? (body.Text is null ? _outlookHtml : null);
    }

    /// <summary>The bodies of a part; what is no body is listed. Depth is bounded by the parser's limit.</summary>
    private Body Walk(MimePart part)
    {
        if (!part.IsMultipart)
        {
            if (IsBody(part))
            {
                return ReadBody(part);
            }

            List(part);
            return default;
        }

        var bodies = part.Parts.Select(Walk).ToList();
        return part.ContentType == "multipart/alternative"
            ? new Body(bodies.FirstOrDefault(b => b.Text is not null).Text, bodies.LastOrDefault(b => b.Html is not null).Html)
            : Join(bodies);
    }

    /// <summary>
    /// Parts in a row are read one after the other; with HTML among them, all of them are shown as HTML.
    /// </summary>
    private static Body Join(List<Body> bodies)
    {
        bodies.RemoveAll(body => body.Text is null && body.Html is null);
        if (bodies.Count <= 1)
        {
            return bodies.FirstOrDefault();
        }

        var hasText = bodies.Any(body => body.Text is not null);
        var hasHtml = bodies.Any(body => body.Html is not null);
        return new Body(
            hasText ? string.Join('\n', bodies.Select(b => b.Text ?? HtmlText.ToText(b.Html!))) : null,
            hasHtml ? string.Join('\n', bodies.Select(b => b.Html ?? MailText.ToHtml(b.Text!))) : null);
    }

    private static bool IsBody(MimePart part) =>
        part.ContentType is "text/plain" or "text/html" && !part.IsAttachment && part.FileName is null;

    private Body ReadBody(MimePart part)
    {
        var read = part.ReadText(_options.BodyBytesMax);
        _mail.IsTruncated |= read.IsTruncated;
        if (part.ContentType == "text/html")
        {
            return new Body(null, read.Text);
        }

        var (text, files) = UuencodedText.Split(read.Text);
        foreach (var file in files)
        {
            Add(AttachmentNames.Clean(file.Name) ?? "attachment.bin", "application/octet-stream", () => new MemoryStream(file.Content));
        }

        return new Body(text, null);
    }

    private void List(MimePart part)
    {
        var name = AttachmentNames.Clean(part.FileName);
        if (part.ContentType is "application/ms-tnef" or "application/vnd.ms-tnef"
            || string.Equals(name, "winmail.dat", StringComparison.OrdinalIgnoreCase))
        {
            if (TryUnpack(part))
            {
                return;
            }
        }
        else if (part.ContentType is "message/rfc822" or "message/global")
        {
            using var inner = part.OpenContent();
            name = AttachmentNames.OfMail(part.FileName, SubjectOf(inner));
        }

        name ??= AttachmentNames.Generate(part.ContentType);
        if (name is not null)
        {
            _mail.Attachments.Add(new MailAttachment(name, part.ContentType, part.OpenContent)
            {
                ContentId = part.ContentId,
                ContentLocation = part.ContentLocation,
            });
        }
    }

    /// <summary>The head of a mail inside, which may itself be encoded: enough of it for the subject.</summary>
    private static string SubjectOf(Stream inner)
    {
        var head = new byte[64 << 10];
        var length = inner.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        using var source = new MemoryStream(head, 0, length);
        return MimeMessage.ReadHeader(source, Mime).Subject;
    }

    private bool TryUnpack(MimePart part)
    {
        var copy = CopyToTemp(part);
        if (TnefMessage.Read(copy, Mime) is not { } tnef)
        {
            return false;
        }

        _outlookText ??= tnef.Text ?? (tnef.Html is null && tnef.Rtf is { } rtf ? MailText.OfRtf(rtf) : null);
        _outlookHtml ??= tnef.Html;
        foreach (var file in tnef.Attachments)
        {
            var type = file.ContentType ?? "application/octet-stream";
            var name = AttachmentNames.Clean(file.Name) ?? AttachmentNames.Generate(type) ?? "attachment.bin";
            _mail.Attachments.Add(new MailAttachment(name, type, file.OpenContent) { ContentId = file.ContentId });
        }

        return true;
    }

    private FileStream CopyToTemp(MimePart part)
    {
        var copy = new FileStream(_context.Temp.NewFilePath(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        _mail.Own(copy);
        using var content = part.OpenContent();
        BoundedCopy.Copy(content, copy, _options.AttachmentBytesMax);
        return copy;
    }

    private void Add(string name, string type, Func<Stream> open) => _mail.Attachments.Add(new MailAttachment(name, type, open));

    private readonly record struct Body(string? Text, string? Html);
}

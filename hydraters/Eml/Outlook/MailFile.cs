using System.Globalization;
using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Mime;

namespace AnyFetch.Hydraters.Eml.Outlook;

/// <summary>
/// Writes a mail in its Internet form: headers in UTF-8 (RFC 6532), bodies and attachments in base64.
/// </summary>
internal static class MailFile
{
    private const int LineBytes = 57;
    private const int LinesAtOnce = 512;

    /// <summary>Throws <see cref="HydrationException"/> when an attachment is larger than allowed.</summary>
    internal static void Write(Mail mail, Stream target, long attachmentBytesMax)
    {
        // Nothing in base64 begins with two dashes, so that any boundary would do.
        const string Boundary = "anyfetch-part";
        Line(target, "MIME-Version: 1.0");
        People(target, "From", mail.From);
        People(target, "To", mail.To);
        People(target, "Cc", mail.Cc);
        People(target, "Bcc", mail.Bcc);
        Header(target, "Subject", mail.Subject);
        Header(target, "Date", mail.Date?.UtcDateTime.ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(target, "Message-ID", mail.MessageId is { } id ? $"<{id}>" : null);
        Header(target, "In-Reply-To", mail.InReplyTo is { } other ? $"<{other}>" : null);
        Line(target, $"Content-Type: multipart/mixed; boundary={Boundary}");
        Line(target, "");
        Body(target, Boundary, "text/plain", mail.Html is null ? mail.Text : null);
        Body(target, Boundary, "text/html", mail.Html);
        foreach (var attachment in mail.Attachments)
        {
            Line(target, $"--{Boundary}");
            Header(target, "Content-Type", attachment.ContentType);
            Header(target, "Content-ID", attachment.ContentId is { } content ? $"<{content}>" : null);
            Line(target, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(attachment.Name)}");
            using var source = attachment.Open();
            Content(target, source, attachmentBytesMax);
        }

        Line(target, $"--{Boundary}--");
    }

    private static void Body(Stream target, string boundary, string type, string? text)
    {
        if (text is not null)
        {
            Line(target, $"--{boundary}");
            Line(target, $"Content-Type: {type}; charset=utf-8");
            using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));
            Content(target, source, long.MaxValue);
        }
    }

    private static void Content(Stream target, Stream source, long bytesMax)
    {
        Line(target, "Content-Transfer-Encoding: base64");
        Line(target, "");
        var buffer = new byte[LineBytes * LinesAtOnce];
        long total = 0;
        for (int read; (read = source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            total += read;
            if (total > bytesMax)
            {
                throw new HydrationException($"The mail has an attachment of more than {bytesMax:N0} bytes.");
            }

            Line(target, Convert.ToBase64String(buffer, 0, read, Base64FormattingOptions.InsertLineBreaks));
        }
    }

    private static void People(Stream target, string name, IReadOnlyList<MailAddress> people)
    {
        if (people.Count > 0)
        {
            Header(target, name, string.Join(", ", people.Select(p => $"\"{Quote(p.Name)}\" <{p.Address}>")));
        }
    }

    private static string Quote(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void Header(Stream target, string name, string? value)
    {
        if (value is not null)
        {
            // A line end in a value would begin a header of the sender's choice.
            Line(target, $"{name}: {value.Replace('\r', ' ').Replace('\n', ' ')}");
        }
    }

    private static void Line(Stream target, string text)
    {
        target.Write(Encoding.UTF8.GetBytes(text));
        target.Write("\r\n"u8);
    }
}

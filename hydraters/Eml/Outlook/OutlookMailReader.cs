using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Text;
using AnyFetch.Mime;
using AnyFetch.Mime.Tnef;

namespace AnyFetch.Hydraters.Eml.Outlook;

/// <summary>Reads a mail from Outlook's <c>.msg</c> file ([MS-OXMSG]).</summary>
internal sealed class OutlookMailReader
{
    private const int RecipientsMax = 2_000;
    private const int AttachmentsMax = 1_000;
    private const int TopHeaderBytes = 32;
    private const int InnerHeaderBytes = 24;
    private const int PartHeaderBytes = 8;

    private readonly CompoundFile _file;
    private readonly EmlHydraterOptions _options;
    private readonly HydrationContext _context;

    private OutlookMailReader(CompoundFile file, EmlHydraterOptions options, HydrationContext context)
    {
        _file = file;
        _options = options;
        _context = context;
    }

    /// <summary>Reads a mail. Throws <see cref="HydrationException"/> when the file is none or damaged.</summary>
    internal static Mail Read(EmlHydraterOptions options, HydrationContext context)
    {
        try
        {
            var file = CompoundFile.Open(context.RequireFile().Path);
            try
            {
                var reader = new OutlookMailReader(file, options, context);
                var mail = reader.ReadMail(new OutlookProperties(file, file.Root, TopHeaderBytes, null), depth: 0);
                mail.Own(file);
                return mail;
            }
            catch (Exception)
            {
                file.Dispose();
                throw;
            }
        }
        catch (InvalidDataException error)
        {
            throw new HydrationException("The file is damaged and cannot be read as an Outlook mail.", error);
        }
    }

    private Mail ReadMail(OutlookProperties properties, int depth)
    {
        if (properties.Storage.Find("__properties_version1.0") is null)
        {
            throw new HydrationException("The file is not a mail: it has no properties.");
        }

        var recipients = ReadRecipients(properties);
        var mail = new Mail
        {
            ContentType = "application/vnd.ms-outlook",
            From = Sender(properties),
            To = recipients[1],
            Cc = recipients[2],
            Bcc = recipients[3],
            Subject = properties.Text(0x0037) ?? "",
            Date = properties.Date(0x0039) ?? properties.Date(0x0e06) ?? properties.Date(0x3007),
            MessageId = properties.Text(0x1035)?.Trim('<', '>', ' '),
            InReplyTo = properties.Text(0x1042)?.Trim('<', '>', ' '),
            Text = properties.Text(0x1000, _options.BodyBytesMax),
            Html = HtmlOf(properties),
        };
        if (mail.Text is null && mail.Html is null
            && CompressedRtf.Expand(properties.Bytes(properties.Binary(0x1009), _options.BodyBytesMax), _options.BodyBytesMax) is { } rtf)
        {
            mail.Text = MailText.OfRtf(rtf);
        }

        ReadAttachments(mail, properties, depth);
        return mail;
    }

    private string? HtmlOf(OutlookProperties properties)
    {
        if (properties.Binary(0x1013) is not { } entry)
        {
            return properties.Text(0x1013, _options.BodyBytesMax);
        }

        var bytes = properties.Bytes(entry, _options.BodyBytesMax);
        var declared = Plaintext.Formats.HtmlFormat.DeclaredCharset(bytes);
        return bytes.Length == 0 ? null : CharsetDetector.Decode(bytes, declared);
    }

    private static IReadOnlyList<MailAddress> Sender(OutlookProperties properties)
    {
        var name = properties.Text(0x0c1a) ?? properties.Text(0x0042) ?? "";
        var address = Smtp(properties.Text(0x5d01)) ?? Smtp(properties.Text(0x5d02)) ?? Smtp(properties.Text(0x0c1f))
            ?? Smtp(properties.Text(0x0065)) ?? "";
        return name.Length == 0 && address.Length == 0 ? [] : [new MailAddress(address, name == address ? "" : name)];
    }

    /// <summary>
    /// Addresses of the company's own directory, which begin with a slash, say nothing outside of it.
    /// </summary>
    private static string? Smtp(string? address) => address is null || address.StartsWith('/') ? null : address;

    /// <summary>Recipients by their kind: 1 to, 2 cc, 3 bcc.</summary>
    private List<MailAddress>[] ReadRecipients(OutlookProperties mail)
    {
        List<MailAddress>[] byKind = [[], [], [], []];
        foreach (var storage in Storages(mail.Storage, "__recip_version1.0_").Take(RecipientsMax))
        {
            var recipient = new OutlookProperties(_file, storage, PartHeaderBytes, mail.Encoding);
            var name = recipient.Text(0x3001) ?? "";
            var address = Smtp(recipient.Text(0x39fe)) ?? Smtp(recipient.Text(0x3003)) ?? "";
            var kind = recipient.Number(0x0c15) is { } number and >= 1 and <= 3 ? number : 1;
            byKind[kind].Add(new MailAddress(address, name == address ? "" : name));
        }

        return byKind;
    }

    private void ReadAttachments(Mail mail, OutlookProperties properties, int depth)
    {
        foreach (var storage in Storages(properties.Storage, "__attach_version1.0_").Take(AttachmentsMax))
        {
            var part = new OutlookProperties(_file, storage, PartHeaderBytes, properties.Encoding);
            var type = part.Text(0x370e)?.Trim().ToLowerInvariant() ?? "application/octet-stream";
            var name = part.Text(0x3707) ?? part.Text(0x3704) ?? part.Text(0x3001);
            if (part.Object(0x3701) is { } inner)
            {
                AddMail(mail, new OutlookProperties(_file, inner, InnerHeaderBytes, null), name, depth);
            }
            else if (part.Binary(0x3701) is { } data)
            {
                mail.Attachments.Add(new MailAttachment(
                    AttachmentNames.Clean(name) ?? AttachmentNames.Generate(type) ?? "attachment.bin", type, () => _file.OpenStream(data))
                {
                    ContentId = part.Text(0x3712)?.Trim('<', '>', ' '),
                    ContentLocation = part.Text(0x3713),
                });
            }
        }
    }

    /// <summary>A mail inside is no file of its own in this format, so it is written as Internet mail.</summary>
    private void AddMail(Mail mail, OutlookProperties properties, string? name, int depth)
    {
        if (depth >= Hydrater.Children.ChildDocuments.NestingMax || properties.Storage.Find("__properties_version1.0") is null)
        {
            return;
        }

        using var inner = ReadMail(properties, depth + 1);
        var path = _context.Temp.NewFilePath(".eml");
        using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            MailFile.Write(inner, target, _options.AttachmentBytesMax);
        }

        mail.Attachments.Add(new MailAttachment(
            AttachmentNames.OfMail(name is null ? null : Path.GetFileNameWithoutExtension(name), inner.Subject), "message/rfc822",
            () => new FileStream(path, FileMode.Open, FileAccess.Read)));
    }

    private static IEnumerable<CompoundEntry> Storages(CompoundEntry storage, string prefix) => storage.Children
        .Where(child => child.IsStorage && child.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}

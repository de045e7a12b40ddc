using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Text;
using AnyFetch.Mime;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Writes a mail to the change set of its document (hydraters.md §10).</summary>
internal static class MailWriter
{
    /// <summary>Writes everything but the children; returns the attachments that the HTML does not show.</summary>
    internal static IReadOnlyList<MailAttachment> Write(Mail mail, EmlHydraterOptions options, ChangeSet changes)
    {
        var images = new InlineImages(mail, options.InlineCharactersMax);
        var html = mail.Html is null ? "" : HtmlSanitizer.Sanitize(
            mail.Html, new HtmlSanitizerOptions { ResolveImage = images.Resolve, Quotes = QuoteHandling.Mark }).Html;
        var others = mail.Attachments.Where(attachment => !images.Used.Contains(attachment)).ToList();
        changes.DocumentType = "email";
        changes.ContentType = mail.ContentType;
        if (html.Length > 0)
        {
            changes.Html = html;
        }

        changes.Text = TextCleaner.Clean(mail.Text ?? HtmlText.StripTags(html)).Trim();
        WriteHeader(mail, changes);
        changes.Metadata["attachmentsCount"] = others.Count;
        if (mail.IsTruncated)
        {
            changes.Truncated = true;
        }

        return others;
    }

    private static void WriteHeader(Mail mail, ChangeSet changes)
    {
        var metadata = changes.Metadata;
        metadata["from"] = People(mail.From);
        metadata["to"] = People(mail.To);
        metadata["cc"] = People(mail.Cc);
        metadata["bcc"] = People(mail.Bcc);
        var subject = TextCleaner.CleanAndSqueeze(mail.Subject);
        metadata["subject"] = subject;
        if (subject.Length > 0)
        {
            metadata["title"] = subject;
        }

        WriteIfThere(metadata, "messageId", mail.MessageId);
        WriteIfThere(metadata, "inReplyTo", mail.InReplyTo);
        if (mail.Date is { } date)
        {
            metadata["date"] = date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            changes.CreationDate = date;
            changes.ModificationDate = date;
        }
    }

    private static void WriteIfThere(JsonObject metadata, string key, string? value)
    {
        if (value is not null && TextCleaner.CleanAndSqueeze(value) is { Length: > 0 } clean)
        {
            metadata[key] = clean;
        }
    }

    private static JsonArray People(IReadOnlyList<MailAddress> people) => new([.. people.Select(person => (JsonNode)new JsonObject
    {
        ["address"] = TextCleaner.CleanAndSqueeze(person.Address),
        ["name"] = TextCleaner.CleanAndSqueeze(person.Name),
    })]);
}

using System.Globalization;
using System.Security.Cryptography;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Gmail;

/// <summary>
/// Finds the attachments of a thread. One that comes again under its name, as replies bring them, is the same document;
/// another one of that name gets a number.
/// </summary>
internal sealed class GmailAttachmentReader(GmailClient client, GmailProviderOptions options, SourceAccount account)
{
    public async Task<IReadOnlyList<GmailAttachment>> ReadAsync(
        string threadId, IReadOnlyList<GmailMessage> messages, CancellationToken cancellationToken)
    {
        var thread = GmailIdentifiers.OfThread(account, threadId);
        var found = new List<(GmailAttachment Attachment, GmailBody Body)>();
        foreach (var message in messages)
        {
            foreach (var part in GmailParts.Walk(message.Payload!).Where(GmailParts.IsAttachment))
            {
                if (part.Body is { Size: > 0 } body
                    && !await IsKnownAsync(found, message.Id, GmailParts.NameOf(part), body, cancellationToken))
                {
                    found.Add((Describe(thread, message, part, body, found), body));
                }
            }
        }

        return [.. found.Select(entry => entry.Attachment)];
    }

    private static GmailAttachment Describe(
        string thread, GmailMessage message, GmailPart part, GmailBody body,
        List<(GmailAttachment Attachment, GmailBody Body)> found)
    {
        var name = GmailParts.NameOf(part).Replace("\0", "", StringComparison.Ordinal);
        var first = GmailIdentifiers.AttachmentsOf(thread) + name;
        var identifier = first;
        for (var n = 2; found.Exists(other => other.Attachment.Identifier == identifier); n++)
        {
            identifier = string.Create(CultureInfo.InvariantCulture, $"{first}-{n}");
        }

        return new GmailAttachment(
            identifier, thread, message.Id, part.PartId, name, part.MimeType, body.Size, GmailThreadReader.DateOf(message));
    }

    private async Task<bool> IsKnownAsync(
        List<(GmailAttachment Attachment, GmailBody Body)> found, string messageId, string name, GmailBody body,
        CancellationToken cancellationToken)
    {
        byte[]? digest = null;
        foreach (var (other, content) in found.Where(other => other.Attachment.Name == name && other.Body.Size == body.Size))
        {
            if (body.Size > options.ComparedBytesMax)
            {
                return false;
            }

            digest ??= await DigestAsync(messageId, body, cancellationToken);
            var known = await DigestAsync(other.MessageId, content, cancellationToken);
            if (digest.AsSpan().SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<byte[]> DigestAsync(string messageId, GmailBody body, CancellationToken cancellationToken)
    {
        await using var content = await client.OpenAsync(account, messageId, body, cancellationToken);
        return await SHA256.HashDataAsync(content, cancellationToken);
    }
}

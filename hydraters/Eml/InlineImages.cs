using System.Buffers;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Eml;

/// <summary>
/// Gives the images that a mail's HTML names by <c>cid:</c> or by their location as data URIs, as far as the budget
/// goes. What was
/// given is no attachment any more.
/// </summary>
internal sealed class InlineImages
{
    private static readonly int BytesMax = (new HtmlSanitizerOptions().DataUriCharactersMax / 4 * 3) - 100;

    private readonly Dictionary<string, MailAttachment> _byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<MailAttachment, string?> _read = [];
    private int _left;

    internal InlineImages(Mail mail, int charactersMax)
    {
        _left = charactersMax;
        foreach (var attachment in mail.Attachments)
        {
            if (attachment.ContentId is { } id)
            {
                _byAddress.TryAdd("cid:" + id, attachment);
            }

            if (attachment.ContentLocation is { } place)
            {
                _byAddress.TryAdd(place, attachment);
            }
        }
    }

    /// <summary>The attachments that the HTML shows.</summary>
    internal HashSet<MailAttachment> Used { get; } = [];

    /// <summary>The data URI for an image's address; null when it is not in the mail or does not fit.</summary>
    internal string? Resolve(string address)
    {
        if (Find(address) is not { } image)
        {
            return null;
        }

        if (!_read.TryGetValue(image, out var uri))
        {
            _read[image] = uri = Read(image);
        }

        if (uri is null || uri.Length > _left)
        {
            return null;
        }

        _left -= uri.Length;
        Used.Add(image);
        return uri;
    }

    private MailAttachment? Find(string address) =>
        _byAddress.GetValueOrDefault(address.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            ? "cid:" + Uri.UnescapeDataString(address[4..]).Trim('<', '>', ' ')
            : address);

    private static string? Read(MailAttachment image)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(BytesMax + 1);
        try
        {
            using var content = image.Open();
            var length = content.ReadAtLeast(bytes.AsSpan(0, BytesMax + 1), BytesMax + 1, throwOnEndOfStream: false);
            return length <= BytesMax && TypeOf(bytes.AsSpan(0, length)) is { } type
                ? $"data:{type};base64,{Convert.ToBase64String(bytes, 0, length)}"
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>
    /// The images that a page may show, by their first bytes: what the sender declares proves nothing.
    /// </summary>
    private static string? TypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };
}

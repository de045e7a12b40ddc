using System.Text;
using AnyFetch.Mime;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>Mails as text, with line ends as on the wire.</summary>
internal static class MimeSample
{
    internal static byte[] Bytes(string mail) =>
        Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));

    internal static MimeMessage Read(string mail) => Read(Bytes(mail));

    internal static MimeMessage Read(byte[] mail, MimeOptions? options = null) =>
        MimeMessage.Read(new MemoryStream(mail), options ?? new MimeOptions(), CancellationToken.None);

    internal static byte[] Content(this MimePart part)
    {
        using var content = part.OpenContent();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    internal static string Text(this MimePart part) => part.ReadText(1 << 20).Text;
}

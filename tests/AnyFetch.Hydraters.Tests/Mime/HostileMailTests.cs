using System.Text;
using AnyFetch.Mime;
using AnyFetch.Mime.Headers;
using AnyFetch.Mime.Mbox;
using AnyFetch.Mime.Tnef;
using AnyFetch.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>Whatever the bytes are, the readers end without an exception and in time linear to them.</summary>
public sealed class HostileMailTests
{
    private static readonly byte[] Sample = MimeSample.Bytes("""
        From: "A, B" <a@x.test>, Team: c@x.test;
        Subject: =?utf-8?q?Caf=C3=A9?= =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=
        Date: Tue, 3 Mar 2026 10:20:30 +0100
        Content-Type: multipart/mixed; boundary="b1"

        --b1
        Content-Type: multipart/alternative; boundary=b2

        --b2
        Content-Type: text/plain; charset=utf-7

        Hi +Jjo- there
        --b2
        Content-Type: text/html; charset=gb18030
        Content-Transfer-Encoding: quoted-printable

        <p>a=20b=</p>
        --b2--
        --b1
        Content-Type: application/pdf; name*0*=utf-8''a%20; name*1=b.pdf
        Content-Transfer-Encoding: base64

        AAECAwQFBgcICQ==
        --b1--
        """);

    [Fact]
    public void Random_bytes_are_read() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<byte[]>(bytes => ReadAll(bytes ?? [])));

    [Fact]
    public void Mutated_mails_are_read()
    {
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            ReadAll(Mutate(Sample, random));
        }
    }

    [Fact]
    public void Mutated_winmail_files_are_read()
    {
        var sample = TnefSample.Build("hello", ("a.txt", "one"u8.ToArray()), ("b.txt", "two"u8.ToArray()));
        var random = new Random(8);
        for (var round = 0; round < 3_000; round++)
        {
            var message = TnefMessage.Read(new MemoryStream(Mutate(sample, random)), new MimeOptions());
            foreach (var attachment in message?.Attachments ?? [])
            {
                using var content = attachment.OpenContent();
                content.CopyTo(Stream.Null);
            }
        }
    }

    [Fact]
    public void Mutated_rich_text_is_expanded()
    {
        var random = new Random(9);
        var sample = TnefSample.Compressed("{\\rtf1 some text}");
        for (var round = 0; round < 3_000; round++)
        {
            CompressedRtf.Expand(Mutate(sample, random), 1 << 20);
        }
    }

    [Theory]
    [InlineData("Subject: ", "=?a?q?", "\n\n")]
    [InlineData("Subject: ", "=?", "\n\n")]
    [InlineData("To: ", "(", "\n\n")]
    [InlineData("To: ", "\"", "\n\n")]
    [InlineData("To: ", "<", "\n\n")]
    [InlineData("To: ", "a:", "\n\n")]
    [InlineData("To: ", "a,", "\n\n")]
    [InlineData("Content-Type: text/plain; ", "\"", "\n\n")]
    [InlineData("Content-Type: text/plain; ", ";a=b", "\n\n")]
    [InlineData("Content-Type: text/plain; ", ";a*1=b", "\n\n")]
    [InlineData("Date: ", "1-", "\n\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\n", "--x\n", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\n", "--xx\n", "")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n", "=", "")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n", "= ", "")]
    [InlineData("Content-Transfer-Encoding: x-uuencode\n\n", "#", "")]
    public void Long_runs_of_one_piece_take_linear_time(string before, string piece, string after)
    {
        var options = new MimeOptions { HeaderBytesMax = 8 << 20, PartsMax = 1 << 20 };
        Growth.IsLinear(1_000_000, size =>
        {
            var mail = Encoding.ASCII.GetBytes(before + string.Concat(Enumerable.Repeat(piece, size / piece.Length)) + after);
            return () => ReadAll(mail, options);
        });
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var bytes = sample[..random.Next(sample.Length + 1)];
        bytes = random.Next(3) == 0 ? bytes : (byte[])sample.Clone();
        for (var i = random.Next(8); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void ReadAll(byte[] bytes) => ReadAll(bytes, new MimeOptions());

    private static void ReadAll(byte[] bytes, MimeOptions options)
    {
        var mail = MimeSample.Read(bytes, options);
        _ = (mail.Subject, mail.From, mail.To, mail.Cc, mail.Bcc, mail.Date, mail.MessageId, mail.InReplyTo);
        foreach (var leaf in mail.Body.Leaves())
        {
            _ = (leaf.FileName, leaf.ContentType, leaf.ContentId, leaf.ReadText(1 << 20));
            leaf.Content();
        }

        using var source = new MemoryStream(bytes);
        foreach (var found in MboxFile.Find(source, 100, CancellationToken.None))
        {
            MboxFile.CopyMail(source, found, Stream.Null, CancellationToken.None);
        }

        TnefMessage.Read(source, options);
        CompressedRtf.Expand(bytes, 1 << 20);
    }
}

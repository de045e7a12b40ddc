using System.Text;
using AnyFetch.Mime;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>The structure of mails: parts, boundaries, transfer encodings, charsets (RFC 2045 to 2049).</summary>
public sealed class MimeMessageTests
{
    [Fact]
    public void A_plain_mail_has_its_headers_and_its_text()
    {
        var mail = MimeSample.Read("""
            From: Ada <ada@x.test>
            To: b@x.test
            Subject: Tea
             and biscuits
            Date: Tue, 3 Mar 2026 10:20:30 +0100
            Message-ID: <m1@x.test>
            In-Reply-To: <m0@x.test> (see above)

            Hello.
            """);
        Assert.Equal([new MailAddress("ada@x.test", "Ada")], mail.From);
        Assert.Equal([new MailAddress("b@x.test", "")], mail.To);
        Assert.Empty(mail.Cc);
        Assert.Equal("Tea and biscuits", mail.Subject);
        Assert.Equal(DateTimeOffset.Parse("2026-03-03T09:20:30Z", null), mail.Date);
        Assert.Equal(("m1@x.test", "m0@x.test"), (mail.MessageId, mail.InReplyTo));
        Assert.Equal("Hello.", mail.Body.Text());
        Assert.False(mail.IsIncomplete);
    }

    [Fact]
    public void Nested_multiparts_are_taken_apart_without_their_line_ends()
    {
        var mail = MimeSample.Read("""
            Content-Type: multipart/mixed; boundary="out er"

            preamble
            --out er
            Content-Type: multipart/alternative; boundary=inner

            --inner

            plain
            --inner
            Content-Type: text/html

            <b>html</b>

            --inner--
            epilogue of the inner
            --out er
            Content-Type: application/octet-stream; name=a.bin
            Content-Transfer-Encoding: base64

            AAEC
            --out er--
            epilogue
            """);
        var leaves = mail.Body.Leaves().ToList();
        Assert.Equal(["text/plain", "text/html", "application/octet-stream"], leaves.Select(l => l.ContentType));
        Assert.Equal("plain", leaves[0].Text());
        Assert.Equal("<b>html</b>\r\n", leaves[1].Text());
        Assert.Equal([0, 1, 2], leaves[2].Content());
        Assert.Equal("a.bin", leaves[2].FileName);
    }

    [Fact]
    public void Missing_boundaries_are_survived()
    {
        var unnamed = MimeSample.Read("Content-Type: multipart/mixed\n\n--x\n\none\n--x\n\ntwo\n--x--\n");
        Assert.Equal(["one", "two"], unnamed.Body.Leaves().Select(l => l.Text()));

        var unended = MimeSample.Read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo");
        Assert.Equal(["one", "two"], unended.Body.Leaves().Select(l => l.Text()));

        var neverUsed = MimeSample.Read("Content-Type: multipart/mixed; boundary=x\n\nonly text\n");
        Assert.Equal(["only text\r\n"], neverUsed.Body.Leaves().Select(l => l.Text()));
        Assert.Equal("text/plain", neverUsed.Body.ContentType);

        var innerUnended = MimeSample.Read(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\none\n--x\n\ntwo\n--x--");
        Assert.Equal(["one", "two"], innerUnended.Body.Leaves().Select(l => l.Text()));
    }

    [Fact]
    public void A_boundary_that_begins_like_another_is_not_the_other()
    {
        var mail = MimeSample.Read(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--ab--\n--a\n\ntwo\n--a--");
        Assert.Equal(["one", "two"], mail.Body.Leaves().Select(l => l.Text()));
    }

    [Fact]
    public void A_mail_inside_is_a_leaf_that_can_be_read_in_turn()
    {
        var mail = MimeSample.Read("""
            Content-Type: multipart/digest; boundary=x

            --x

            Subject: inner

            text
            --x--
            """);
        var part = Assert.Single(mail.Body.Leaves());
        Assert.Equal("message/rfc822", part.ContentType);
        Assert.Equal("inner", MimeSample.Read(part.Content()).Subject);
    }

    [Theory]
    [InlineData("base64", "SGVs bG8\r\n!@gd29ybGQ", "Hello world")]
    [InlineData("BASE64", "SGVsbG8=\r\nIHdvcmxk", "Hello world")]
    [InlineData("base64", "SGVsbG8", "Hello")]
    [InlineData("quoted-printable", "caf=C3=A9 =\r\nau lait=  \r\n!", "café au lait!")]
    [InlineData("quoted-printable", "1=2 =ZZ =", "1=2 =ZZ ")]
    [InlineData("x-uuencode", "begin 644 a\r\n%2&5L;&\\\r\n`\r\nend\r\n", "Hello")]
    [InlineData("8bit", "café", "café")]
    [InlineData("unheard-of", "as is", "as is")]
    public void Transfer_encodings_are_undone_also_when_they_are_broken(string encoding, string body, string expected)
    {
        var mail = MimeSample.Read(Encoding.UTF8.GetBytes(
            $"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}"));
        Assert.Equal(expected, mail.Body.Text());
    }

    [Fact]
    public void Long_contents_are_decoded_while_they_are_read()
    {
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        var body = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
        var mail = MimeSample.Read(Encoding.ASCII.GetBytes(
            $"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--x--\r\n"));
        Assert.Equal(bytes, Assert.Single(mail.Body.Leaves()).Content());
    }

    [Theory]
    [InlineData("iso-8859-1", 1252, "café €")]
    [InlineData("windows-1251", 1251, "Привет")]
    [InlineData("koi8-r", 20866, "Привет")]
    [InlineData("gb2312", 54936, "你好世界")]
    [InlineData("big5", 950, "你好世界")]
    [InlineData("Shift_JIS", 932, "こんにちは")]
    [InlineData("euc-jp", 51932, "こんにちは")]
    [InlineData("iso-2022-jp", 50220, "こんにちは")]
    [InlineData("ks_c_5601-1987", 949, "안녕하세요")]
    [InlineData("utf-16", 1200, "café")]
    [InlineData("\"utf8\"", 65001, "café")]
    [InlineData("us-ascii", 65001, "café")]
    [InlineData("iso-8859-1", 65001, "café")]
    [InlineData("utf-8", 1252, "café")]
    public void Charsets_of_the_real_world_are_read_even_under_wrong_names(string declared, int codePage, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] mail = [.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset={declared}\r\n\r\n"),
            .. Encoding.GetEncoding(codePage).GetBytes(text)];
        Assert.Equal(text, MimeSample.Read(mail).Body.Text());
    }

    [Fact]
    public void Utf7_is_decoded() => Assert.Equal("Hi Mom ☺! 1+2",
        MimeSample.Read("Content-Type: text/plain; charset=utf-7\n\nHi Mom +Jjo-! 1+-2").Body.Text());

    [Fact]
    public void An_unknown_charset_goes_to_the_detector()
    {
        var options = new MimeOptions { DetectCharset = _ => Encoding.GetEncoding(1251) };
        byte[] mail = [.. "Content-Type: text/plain; charset=x-none-such\r\n\r\n"u8, 0xcf, 0xf0];
        Assert.Equal("Пр", MimeSample.Read(mail, options).Body.Text());
    }

    [Fact]
    public void What_is_beyond_the_limits_is_left_out_and_said()
    {
        var many = new StringBuilder("Content-Type: multipart/mixed; boundary=x\r\n\r\n");
        for (var i = 0; i < 100; i++)
        {
            many.Append("--x\r\n\r\npart\r\n");
        }

        var parts = MimeSample.Read(Encoding.ASCII.GetBytes(many.ToString()), new MimeOptions { PartsMax = 10 });
        Assert.Equal((9, true), (parts.Body.Parts.Count, parts.IsIncomplete));

        var headers = MimeSample.Read(
            Encoding.ASCII.GetBytes("Subject: s\r\nX-Long: " + new string('x', 10_000) + "\r\nTo: t@x.test\r\n\r\nbody"),
            new MimeOptions { HeaderBytesMax = 5_000 });
        Assert.Equal(("s", true, "body"), (headers.Subject, headers.IsIncomplete, headers.Body.Text()));

        var deep = new StringBuilder();
        for (var i = 0; i < 100; i++)
        {
            deep.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        }

        var nested = MimeSample.Read(Encoding.ASCII.GetBytes(deep.ToString()), new MimeOptions { DepthMax = 5 });
        Assert.True(nested.IsIncomplete);
        Assert.Single(nested.Body.Leaves());
    }

    [Fact]
    public void A_part_without_blank_line_and_a_mail_without_body_are_read()
    {
        var mail = MimeSample.Read("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n--x\n\ntwo\n--x--");
        Assert.Equal(["", "two"], mail.Body.Leaves().Select(l => l.Text()));
        Assert.Equal("", MimeSample.Read("Subject: alone").Body.Text());
        Assert.Equal("s", MimeSample.Read("From ada@x.test Tue Mar  3 10:20:30 2026\nSubject: s\n\nb").Subject);
        Assert.Equal("no header here", MimeSample.Read("no header here").Body.Text());
    }

    [Fact]
    public void The_day_of_receipt_stands_in_for_a_date_that_is_none()
    {
        var mail = MimeSample.Read("Received: from a by b; Tue, 3 Mar 2026 10:00:00 +0000\nDate: yesterday\n\nx");
        Assert.Equal(DateTimeOffset.Parse("2026-03-03T10:00:00Z", null), mail.Date);
    }
}

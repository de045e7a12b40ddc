using System.Text;
using AnyFetch.Mime.Mbox;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>Mbox files (RFC 4155) and their quoting.</summary>
public sealed class MboxTests
{
    private const string Two = """
        From ada@x.test Tue Mar  3 10:20:30 2026
        Subject: one

        First.
        >From here on, text.
        >>From quoted.
        From the middle of a paragraph at 10:00.

        From bo@x.test Tue Mar  3 10:21:30 2026
        Subject: two

        Second.

        """;

    [Fact]
    public void Mails_are_found_and_written_without_their_quoting()
    {
        using var source = new MemoryStream(Encoding.ASCII.GetBytes(Two));
        var mails = MboxFile.Find(source, 10, CancellationToken.None);
        Assert.Equal(2, mails.Count);
        Assert.StartsWith("Subject: one\n\nFirst.\nFrom here on, text.\n>From quoted.\nFrom the middle", Copy(source, mails[0]), StringComparison.Ordinal);
        Assert.Equal("Subject: two\n\nSecond.\n", Copy(source, mails[1]));
    }

    [Fact]
    public void At_most_as_many_mails_are_found_as_asked_for()
    {
        using var source = new MemoryStream(Encoding.ASCII.GetBytes(Two));
        Assert.Single(MboxFile.Find(source, 1, CancellationToken.None));
    }

    [Fact]
    public void Other_text_has_no_mails()
    {
        using var source = new MemoryStream("Dear all,\n\nFrom a@x.test Tue Mar  3 10:20:30 2026\n"u8.ToArray());
        Assert.Empty(MboxFile.Find(source, 10, CancellationToken.None));
        Assert.False(MboxFile.IsMbox("From me to you\nx"u8));
        Assert.True(MboxFile.IsMbox(Encoding.ASCII.GetBytes(Two)));
    }

    private static string Copy(MemoryStream source, MboxMail mail)
    {
        using var target = new MemoryStream();
        MboxFile.CopyMail(source, mail, target, CancellationToken.None);
        return Encoding.ASCII.GetString(target.ToArray());
    }
}

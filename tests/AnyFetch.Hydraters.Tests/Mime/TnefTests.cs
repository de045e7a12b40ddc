using System.Text;
using AnyFetch.Mime;
using AnyFetch.Mime.Tnef;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>winmail.dat ([MS-OXTNEF]) and compressed rich text ([MS-OXRTFCP]).</summary>
public sealed class TnefTests
{
    [Fact]
    public void Files_and_text_come_out_under_their_long_names()
    {
        var tnef = TnefMessage.Read(
            new MemoryStream(TnefSample.Build("Hello — you", ("Ünïcode plan.txt", "one"u8.ToArray()), ("b.bin", [1, 2, 3]))), new MimeOptions())!;
        Assert.Equal("Hello — you", tnef.Text);
        Assert.Equal(["Ünïcode plan.txt", "b.bin"], tnef.Attachments.Select(a => a.Name));
        using var content = tnef.Attachments[1].OpenContent();
        var bytes = new byte[4];
        Assert.Equal(3, content.ReadAtLeast(bytes, 4, throwOnEndOfStream: false));
        Assert.Equal([1, 2, 3], bytes[..3]);
    }

    [Fact]
    public void Other_bytes_are_no_winmail_file() =>
        Assert.Null(TnefMessage.Read(new MemoryStream("From: a"u8.ToArray()), new MimeOptions()));

    [Fact]
    public void Rich_text_of_literal_bytes_is_expanded() => Assert.Equal(
        "{\\rtf1 hello}", Encoding.ASCII.GetString(CompressedRtf.Expand(TnefSample.Compressed("{\\rtf1 hello}"), 1000)!.Value.Span));

    /// <summary>The first example of the specification, [MS-OXRTFCP] §3.1.</summary>
    [Fact]
    public void The_published_example_of_rich_text_is_expanded()
    {
        var compressed = Convert.FromHexString(
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0");
        Assert.Equal(
            "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
            Encoding.ASCII.GetString(CompressedRtf.Expand(compressed, 1000)!.Value.Span));
    }
}

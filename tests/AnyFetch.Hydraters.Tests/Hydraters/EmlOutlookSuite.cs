using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Eml;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Mime;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>Outlook's .msg files give what the same mail gives as eml (hydraters.md §10).</summary>
public abstract class EmlOutlookSuite : IAsyncLifetime
{
    private const int Date = 0x0040;

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task An_outlook_mail_gives_the_same_as_any_other()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(Sample(
            html: "<p>Hello <img src=\"cid:logo\"></p><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">old</div>").ToBytes());
        Assert.Equal("email", (string?)sent["document_type"]);
        var metadata = sent["metadata"]!;
        Assert.Equal("""[{"address":"ada@x.test","name":"Ada"}]""", metadata["from"]!.ToJsonString());
        Assert.Equal("""[{"address":"bo@x.test","name":"Bo"}]""", metadata["to"]!.ToJsonString());
        Assert.Equal("""[{"address":"cy@x.test","name":""}]""", metadata["cc"]!.ToJsonString());
        Assert.Equal("Grüße", (string?)metadata["subject"]);
        Assert.Equal("2026-03-03T09:20:30.000Z", (string?)metadata["date"]);
        Assert.Equal("m1@x.test", (string?)metadata["messageId"]);
        Assert.Equal("The plain body: 5 &lt; 7", (string?)metadata["text"]);
        Assert.Equal("application/vnd.ms-outlook", (string?)sent["data"]!["content_type"]);
        Assert.Equal("<p>Hello </p><div class=\"anyfetch-quote\">old</div>", (string?)sent["data"]!["html"]);
        Assert.Equal(["rig/m.msg/big plan.bin", "rig/m.msg/inner.eml"], Sorted(core).Select(d => d.Identifier));
        Assert.Equal(Big, Sorted(core)[0].File);
        var inner = MimeSample.Read(Sorted(core)[1].File!);
        Assert.Equal(("Inner: x", "ada@x.test"), (inner.Subject, inner.From[0].Address));
        Assert.Equal("inner text", inner.Body.Leaves().First().Text());
        Assert.Equal(2, (int)metadata["attachmentsCount"]!);
    }

    [Fact]
    public async Task Without_other_bodies_the_rich_text_is_read()
    {
        var sample = new CompoundSample();
        sample.AddProperties(32, 0);
        sample.AddText(0x0037, "rich");
        sample.AddBinary(0x1009, TnefSample.Compressed("{\\rtf1\\ansi Dear all,\\par tea at 5 o'clock.}"));
        Assert.Equal("Dear all,\ntea at 5 o'clock.", (string?)(await HydrateAsync(sample.ToBytes()))["metadata"]!["text"]);
    }

    [Fact]
    public async Task Damaged_outlook_mails_end_in_success_or_one_permanent_error_and_leave_nothing_behind()
    {
        await Rig.CoreAsync();
        var sample = Sample("<p>x</p>").ToBytes();
        var random = new Random(13);
        for (var round = 0; round < 40; round++)
        {
            var damaged = round < 10 ? sample[..(sample.Length * round / 10)] : (byte[])sample.Clone();
            for (var i = 0; i < round && damaged.Length > 0; i++)
            {
                // Tables and directories stand at both ends of the file.
                var area = random.Next(3) switch { 0 => 512, 1 => damaged.Length, _ => -4096 };
                var at = area > 0 ? random.Next(Math.Min(area, damaged.Length)) : damaged.Length - 1 - random.Next(Math.Min(4096, damaged.Length));
                damaged[at] = (byte)random.Next(256);
            }

            var sent = await HydrateAsync(damaged);
            if (sent["hydration_error"] is { } error)
            {
                Assert.StartsWith("HydrationError:", (string?)error, StringComparison.Ordinal);
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    [Fact]
    public async Task Another_compound_file_is_no_mail()
    {
        var sample = new CompoundSample();
        sample.AddStream("WordDocument", [1, 2, 3]);
        Assert.StartsWith("HydrationError:", (string?)(await HydrateAsync(sample.ToBytes()))["hydration_error"], StringComparison.Ordinal);
    }

    /// <summary>Uploads overlap, so that the order in which documents come is nobody's.</summary>
    private static List<FakeDocument> Sorted(FakeCore core) => [.. core.Documents.OrderBy(d => d.Identifier, StringComparer.Ordinal)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static byte[] Big { get; } = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7))];

    private static CompoundSample Sample(string html)
    {
        var sample = new CompoundSample();
        var date = new DateTimeOffset(2026, 3, 3, 9, 20, 30, TimeSpan.Zero).ToFileTime();
        sample.AddProperties(32, 0, (0x0039, Date, date));
        sample.AddText(0x0037, "Grüße");
        sample.AddText(0x0c1a, "Ada");
        sample.AddText(0x0c1f, "/O=COMPANY/CN=ADA");
        sample.AddText(0x5d01, "ada@x.test");
        sample.AddText(0x1000, "The plain body: 5 < 7\r\n");
        sample.AddBinary(0x1013, Encoding.UTF8.GetBytes(html));
        sample.AddText(0x1035, "<m1@x.test>");
        AddRecipient(sample, 0, "Bo", "bo@x.test", 1);
        AddRecipient(sample, 1, "cy@x.test", "cy@x.test", 2);
        var file = sample.AddStorage("__attach_version1.0_#00000000");
        sample.AddProperties(8, file);
        sample.AddText(0x3707, "big plan.bin", file);
        sample.AddBinary(0x3701, Big, file);
        var mail = sample.AddStorage("__attach_version1.0_#00000001");
        sample.AddProperties(8, mail);
        sample.AddText(0x3001, "inner", mail);
        var inner = sample.AddStorage("__substg1.0_3701000D", mail);
        sample.AddProperties(24, inner);
        sample.AddText(0x0037, "Inner: x", inner);
        sample.AddText(0x5d01, "ada@x.test", inner);
        sample.AddText(0x1000, "inner text", inner);
        return sample;
    }

    private static void AddRecipient(CompoundSample sample, int number, string name, string address, int kind)
    {
        var storage = sample.AddStorage($"__recip_version1.0_#{number:X8}");
        sample.AddProperties(8, storage, (0x0c15, 0x0003, kind));
        sample.AddText(0x3001, name, storage);
        sample.AddText(0x39fe, address, storage);
    }

    private async Task<JsonNode> HydrateAsync(byte[] file) =>
        (await Rig.RunAsync(new EmlHydrater(new EmlHydraterOptions()), TaskDocument.File("/m.msg"), file))!;
}

public sealed class EmlOutlookInProcessTests : EmlOutlookSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class EmlOutlookHttpTests : EmlOutlookSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

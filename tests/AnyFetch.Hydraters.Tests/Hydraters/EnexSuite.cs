using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Enex;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>Exports of notes to notes, in process, over HTTP and in a worker process.</summary>
public abstract class EnexSuite : IAsyncLifetime
{
    private const string Recognized = """
        <recoIndex docType="unknown" objType="image"><item x="1" y="1" w="1" h="1"><t w="90">INVOICE</t><t w="40">INV0ICE</t><t w="9">no</t></item></recoIndex>
        """;

    private static readonly byte[] Picture = ImageSample.Png(4, 4);
    private static readonly byte[] Report = [.. "%PDF-1.4 "u8, .. new byte[200_000]];

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task A_note_becomes_the_document_that_the_provider_would_make()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(EnexSample.Export(EnexSample.Note(
            "Dig <the> beds & rest",
            "Dig &amp; plant&nbsp;<b>now</b><br/><en-todo checked=\"true\"/>done<script>alert(1)</script>"
                + $"<div onclick=\"x\">{EnexSample.Media(Picture, "image/png")}{EnexSample.Media(Report, "application/pdf")}</div>",
            more: EnexSample.Tag("tools") + EnexSample.Tag("autumn")
                + EnexSample.Resource(Picture, "image/png", "photo.png", Recognized)
                + EnexSample.Resource(Report, "application/pdf", "a/report.pdf"))));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Equal(1, (int)sent["metadata"]!["notesCount"]!);
        const string Identifier = "rig/a.enex/20200203T040506Z";
        var note = core.Find(Identifier)!;
        Assert.Equal("note", (string?)note.Fields["document_type"]);
        Assert.Equal("Dig &lt;the&gt; beds & rest", (string?)note.Metadata["title"]);
        Assert.Equal("Dig & plant now\n[x] done", (string?)note.Metadata["text"]);
        Assert.Equal("""["INVOICE","INV0ICE"]""", note.Metadata["keywords"]!.ToJsonString());
        Assert.Equal("""["tools","autumn"]""", note.Metadata["tags"]!.ToJsonString());
        Assert.Equal(
            $"<div>Dig &amp; plant&#160;<b>now</b><br>&#9745; done<div><img alt=\"photo.png\" src=\"data:image/png;base64,{Convert.ToBase64String(Picture)}\">"
            + "<span>a/report.pdf</span></div></div>",
            (string?)note.Fields["data"]!["html"]);
        Assert.StartsWith("2020-02-03T04:05:06", (string?)note.Fields["creation_date"], StringComparison.Ordinal);
        Assert.StartsWith("2021-02-03T04:05:06", (string?)note.Fields["modification_date"], StringComparison.Ordinal);

        var file = core.Find(Identifier + "/a report.pdf")!;
        Assert.Equal("/Dig <the> beds & rest/a report.pdf", (string?)file.Metadata["path"]);
        Assert.Equal(Report, file.File);
        Assert.Contains(Identifier, file.Fields["related"]!.AsArray().Select(r => (string?)r));
        Assert.Contains(file.Identifier, note.Fields["related"]!.AsArray().Select(r => (string?)r));
        Assert.Equal(2, core.Documents.Count);
    }

    [Fact]
    public async Task A_second_run_meets_the_notes_of_the_first_changes_one_and_deletes_those_that_vanished()
    {
        var core = await Rig.CoreAsync();
        var document = TaskDocument.File("/a.enex");
        var first = await HydrateAsync(
            EnexSample.Export(
                EnexSample.Note("A", "one", "20200101T000000Z"),
                EnexSample.Note("B", "two", "20200102T000000Z", EnexSample.Resource(Report, "application/pdf", "r.pdf")),
                EnexSample.Note("C", "three", "20200103T000000Z")),
            document);
        Assert.Equal(4, core.Documents.Count);
        document["data"] = first["data"]!.DeepClone();
        await HydrateAsync(
            EnexSample.Export(EnexSample.Note("A is new", "one more", "20200101T000000Z"), EnexSample.Note("C", "three", "20200103T000000Z")),
            document);
        Assert.Equal(
            ["rig/a.enex/20200101T000000Z", "rig/a.enex/20200103T000000Z"],
            core.Documents.Select(d => d.Identifier).Order(StringComparer.Ordinal));
        Assert.Equal("one more", (string?)core.Find("rig/a.enex/20200101T000000Z")!.Metadata["text"]);
    }

    [Fact]
    public async Task Notes_of_one_second_and_notes_without_a_date_are_told_apart()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(EnexSample.Export(
            EnexSample.Note("A", "a"), EnexSample.Note("B", "b"), EnexSample.Note("C/c", "c", "yesterday"), EnexSample.Note("", "d", "")));
        Assert.Equal(
            ["rig/a.enex/20200203T040506Z", "rig/a.enex/20200203T040506Z (2)", "rig/a.enex/C_c", "rig/a.enex/note"],
            core.Documents.Select(d => d.Identifier).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_export_of_ten_thousand_notes_is_divided_and_each_note_stays_in_its_part()
    {
        var core = await Rig.CoreAsync();
        var notes = Enumerable.Range(0, 10_000).Select(i => EnexSample.Note(
            "N" + i.ToString(CultureInfo.InvariantCulture), "body",
            new DateTime(2020, 1, 1).AddMinutes(i).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture))).ToList();
        var sent = await HydrateAsync(EnexSample.Export([.. notes]));
        Assert.Equal(10_000, (int)sent["metadata"]!["notesCount"]!);
        var parts = core.Documents.ToDictionary(d => d.Identifier, d => Encoding.UTF8.GetString(d.File!));
        Assert.Equal(16, parts.Count);
        Assert.All(parts.Values, part => Assert.InRange(Count(part), 1, 1000));
        Assert.Equal(10_000, parts.Values.Sum(Count));

        notes.RemoveAt(0);
        await HydrateAsync(EnexSample.Export([.. notes]));
        Assert.Single(core.Documents, d => Encoding.UTF8.GetString(d.File!) != parts[d.Identifier]);

        var part = core.Documents[0];
        var document = TaskDocument.File("/001.enex");
        document["identifier"] = part.Identifier;
        await HydrateAsync(part.File!, document);
        var note = core.Documents.First(d => d.Identifier.StartsWith(part.Identifier + "/", StringComparison.Ordinal));
        Assert.Equal("body", (string?)note.Metadata["text"]);
    }

    [Fact]
    public async Task What_cannot_be_decoded_or_read_harms_no_other_note()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(EnexSample.Export(
            EnexSample.Note("A", "<unclosed>", "20200101T000000Z", EnexSample.Tag("t")),
            EnexSample.Note("B", "b", "20200102T000000Z", "<resource><data encoding=\"base64\">####</data><mime>application/pdf</mime></resource>"),
            EnexSample.Note("C", "c", "20200103T000000Z", $"<resource><data>{new string('A', 4095)}=QUJD</data><mime>text/plain</mime></resource><resource/>"),
            "<note/><other><note/></other>"));
        Assert.Equal(4, core.Documents.Count);
        Assert.Equal(("A", null), Told(core, "20200101T000000Z"));
        Assert.Equal(("B", "b"), Told(core, "20200102T000000Z"));
        Assert.Equal(("C", "c"), Told(core, "20200103T000000Z"));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("<?xml version=\"1.0\"?><notes/>")]
    [InlineData("<en-export><note><title>cut")]
    [InlineData("<!DOCTYPE en-export [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><en-export><note><title>&b;</title></note></en-export><")]
    [InlineData("<!DOCTYPE en-export [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><en-export><note><title>&x;</title></note></en-export>x")]
    public async Task What_is_no_export_is_a_permanent_error_and_makes_nothing(string content)
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(Encoding.UTF8.GetBytes(content));
        Assert.Equal("HydrationError: The file is no export of notes, or is damaged.", (string?)sent["hydration_error"]);
        Assert.Empty(core.Documents);
    }

    [Fact]
    public async Task An_entity_of_its_own_expands_to_nothing_and_reads_no_file()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Encoding.UTF8.GetBytes(
            "<!DOCTYPE en-export [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
            + "<en-export><note><title>T&x;&b;</title></note></en-export>"));
        Assert.DoesNotContain(core.Documents, d => d.Metadata.ToJsonString().Contains("root:", StringComparison.Ordinal));
        Assert.DoesNotContain(core.Documents, d => d.Metadata.ToJsonString().Contains("hahaha", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damaged_exports_end_in_success_or_a_permanent_error()
    {
        await Rig.CoreAsync();
        var export = EnexSample.Export(EnexSample.Note("A", "a<b>b</b>", more: EnexSample.Resource(Picture, "image/png", "p.png", Recognized)));
        foreach (var damaged in Damage.Of(export, 10))
        {
            var sent = await HydrateAsync(damaged);
            Assert.True(((string?)sent["hydration_error"])?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static int Count(string part) => part.Split("<note>").Length - 1;

    private static (string? Title, string? Text) Told(FakeCore core, string key) =>
        core.Find("rig/a.enex/" + key)!.Metadata is var metadata ? ((string?)metadata["title"], (string?)metadata["text"]) : default;

    private async Task<JsonNode> HydrateAsync(byte[] export, JsonObject? document = null) =>
        (await Rig.RunAsync(new EnexHydrater(new EnexHydraterOptions()), document ?? TaskDocument.File("/a.enex"), export))!;
}

public sealed class EnexInProcessTests : EnexSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class EnexHttpTests : EnexSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

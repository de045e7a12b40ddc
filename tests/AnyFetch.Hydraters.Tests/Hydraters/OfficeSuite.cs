using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Office;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §4, in process and over HTTP.</summary>
public abstract class OfficeSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [ToolFact("soffice", "pdftoppm")]
    public async Task A_docx_is_shown_as_a_page_with_its_heading()
    {
        var sent = await HydrateAsync("/plan.docx", OfficeSample.As("docx"));
        Assert.Contains("The plan\n", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<img src=\"data:image/jpeg;base64,", Html(sent), StringComparison.Ordinal);
        Assert.Equal("""{"pages":1}""", sent["metadata"]!.ToJsonString());
        Assert.Null(sent["document_type"]);
        Assert.Equal(Html(sent), AnyFetch.Hydrater.Text.HtmlSanitizer.Sanitize(Html(sent)).Html);
    }

    [ToolTheory("soffice", "pdftoppm")]
    [InlineData("/data", "application/vnd.ms-excel", "xls")]
    [InlineData("/data.txt", "application/vnd.ms-excel; charset=binary", "xls")]
    [InlineData("/x.zzz", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")]
    [InlineData("/old.PPS", null, "pps")]
    [InlineData("/x.rtf", "application/rtf", "rtf")]
    public async Task What_a_document_is_say_its_content_type_and_its_extension(string path, string? contentType, string sample) =>
        Assert.Contains(
            OfficeSample.WordOf(sample), Html(await HydrateAsync(path, OfficeSample.As(sample), contentType)), StringComparison.Ordinal);

    [ToolFact("soffice", "pdftoppm")]
    public async Task An_unknown_extension_without_content_type_is_the_documented_error()
    {
        const string Expected = "HydrationError: Unknown file extension or content type";
        Assert.Equal(Expected, Error(await HydrateAsync("/x.zzz", OfficeSample.As("docx"))));
        var bare = TaskDocument.File("/x.docx");
        bare.Remove("metadata");
        bare.Remove("data");
        Assert.Equal(Expected, Error((await Rig.RunAsync(new OfficeHydrater(new OfficeHydraterOptions()), bare, OfficeSample.As("docx")))!));
    }

    [ToolFact("soffice", "pdftoppm")]
    public async Task Seven_of_nine_pages_are_shown_and_the_rest_is_said_to_be_left_out()
    {
        var sent = await HydrateAsync("/nine.odt", OfficeSample.Pages(9));
        Assert.Equal(7, Html(sent).Split("<img").Length - 1);
        Assert.Contains("Number 7.", Html(sent), StringComparison.Ordinal);
        Assert.DoesNotContain("Number 8.", Html(sent), StringComparison.Ordinal);
        Assert.True((bool)sent["data"]!["truncated"]!);
        Assert.Null(sent["metadata"]?["pages"]);
    }

    [ToolFact("soffice", "pdftoppm")]
    public async Task What_is_no_office_document_is_a_permanent_error()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        Assert.Equal("HydrationError: The file is damaged: its content is no office document.", Error(await HydrateAsync("/x.doc", noise)));
        Assert.StartsWith("HydrationError: The file is damaged", Error(await HydrateAsync("/x.rtf", [])), StringComparison.Ordinal);
        Assert.Contains("encryption", Error(await HydrateAsync("/x.docx", OleSample.With("EncryptedPackage"))), StringComparison.Ordinal);
        Assert.StartsWith(
            "HydrationError: The document is damaged", Error(await HydrateAsync("/x.doc", OleSample.With("WordDocument"))), StringComparison.Ordinal);
    }

    [ToolFact("soffice", "pdftoppm")]
    public async Task A_conversion_that_takes_too_long_is_a_permanent_error_and_leaves_nothing()
    {
        var sent = await HydrateAsync("/plan.doc", OfficeSample.As("doc"), options: new OfficeHydraterOptions { ConversionSeconds = 0.1 });
        Assert.Equal("HydrationError: The document takes too long to convert.", Error(sent));
        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    [ToolFact("soffice", "pdftoppm")]
    public async Task Damaged_documents_end_in_success_or_a_permanent_error_and_leave_nothing()
    {
        foreach (var extension in new[] { "doc", "xls", "pptx" })
        {
            foreach (var damaged in Damage.Of(OfficeSample.As(extension), 4))
            {
                var sent = await HydrateAsync("/x." + extension, damaged);
                Assert.True(Error(sent)?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private protected async Task<JsonNode> HydrateAsync(
        string path, byte[] file, string? contentType = null, OfficeHydraterOptions? options = null)
    {
        var document = TaskDocument.File(path);
        document["document_type"] = "document";
        if (contentType is not null)
        {
            document["data"]!["content_type"] = contentType;
        }

        return (await Rig.RunAsync(new OfficeHydrater(options ?? new OfficeHydraterOptions()), document, file))!;
    }

    private protected static string Html(JsonNode sent) =>
        (string?)sent["data"]?["html"] ?? throw new InvalidOperationException("No html: " + sent.ToJsonString());

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class OfficeInProcessTests : OfficeSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();

    [ToolFact("soffice", "pdftoppm")]
    public async Task Two_at_once_do_not_clash()
    {
        var html = await Task.WhenAll(
            HydrateAsync("/a.doc", OfficeSample.As("doc")), HydrateAsync("/b.xls", OfficeSample.As("xls")));
        Assert.Contains("zymurgy", Html(html[0]), StringComparison.Ordinal);
        Assert.Contains("quokka", Html(html[1]), StringComparison.Ordinal);
    }

    [ToolTheory("soffice", "pdftoppm")]
    [InlineData("-KILL")]
    [InlineData("-TERM")]
    public async Task A_conversion_that_is_killed_is_tried_again(string signal)
    {
        var hydrated = HydrateAsync("/plan.doc", OfficeSample.As("doc"));
        await Eventually.TrueAsync(() => Task.FromResult(KillLibreOffice(signal)));
        Assert.Contains("zymurgy", Html(await hydrated), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    /// <summary>Kills the program that converts in this test's folder; false when none does.</summary>
    private bool KillLibreOffice(string signal)
    {
        foreach (var process in Process.GetProcessesByName("soffice.bin"))
        {
            using (process)
            {
                var line = $"/proc/{process.Id}/cmdline";
                if (File.Exists(line) && File.ReadAllText(line).Contains(Rig.TempRoot, StringComparison.Ordinal))
                {
                    NativeTool.Run("kill", signal, process.Id.ToString(CultureInfo.InvariantCulture));
                    return true;
                }
            }
        }

        return false;
    }
}

public sealed class OfficeHttpTests : OfficeSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The text of office documents of all kinds, as LibreOffice writes them.</summary>
public sealed class PlaintextOfficeTests : IAsyncLifetime
{
    private readonly InProcessRig _rig = new();

    [ToolTheory("soffice")]
    [InlineData("doc", "application/msword")]
    [InlineData("dot", "application/msword")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("docm", "application/vnd.ms-word.document.macroEnabled.12")]
    [InlineData("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template")]
    [InlineData("odt", "application/vnd.oasis.opendocument.text")]
    [InlineData("ott", "application/vnd.oasis.opendocument.text-template")]
    [InlineData("rtf", "application/rtf")]
    [InlineData("xls", "application/vnd.ms-excel")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12")]
    [InlineData("ods", "application/vnd.oasis.opendocument.spreadsheet")]
    [InlineData("ppt", "application/vnd.ms-powerpoint")]
    [InlineData("pps", "application/vnd.ms-powerpoint")]
    [InlineData("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12")]
    [InlineData("ppsx", "application/vnd.openxmlformats-officedocument.presentationml.slideshow")]
    [InlineData("odp", "application/vnd.oasis.opendocument.presentation")]
    public async Task Each_kind_gives_its_words_and_its_content_type(string extension, string contentType)
    {
        var sent = await HydrateAsync("/sample." + extension, OfficeSample.As(extension));
        Assert.Contains(OfficeSample.WordOf(extension), Text(sent), StringComparison.Ordinal);
        Assert.Equal(contentType, (string?)sent["data"]!["content_type"]);
        Assert.Equal("document", (string?)sent["document_type"]);
    }

    [ToolFact("soffice")]
    public async Task An_old_word_document_keeps_its_heading_title_and_author()
    {
        var sent = await HydrateAsync("/plan.doc", OfficeSample.As("doc"));
        Assert.Equal("The plan\nPlease read the zymurgy chapter, café.", Text(sent));
        Assert.Contains("<h1>The plan</h1>", (string)sent["data"]!["html"]!, StringComparison.Ordinal);
        Assert.Equal("Plan 2026", (string?)sent["metadata"]!["title"]);
        Assert.Equal("Zoë Ünal", (string?)sent["metadata"]!["author"]);
    }

    [ToolFact("soffice")]
    public async Task An_old_workbook_keeps_its_sheets_dates_and_results() => Assert.Equal(
        "Stock\nquokka 2026-03-03 42", Text(await HydrateAsync("/stock.xls", OfficeSample.As("xls"))));

    [ToolFact("soffice")]
    public async Task An_old_presentation_keeps_its_notes()
    {
        var text = Text(await HydrateAsync("/talk.ppt", OfficeSample.As("ppt")));
        Assert.Contains("the numbat sleeps", text, StringComparison.Ordinal);
        Assert.Contains("thank the canteen", text, StringComparison.Ordinal);
    }

    [ToolFact("soffice")]
    public async Task What_a_document_is_says_its_content_whatever_its_name() => Assert.Contains(
        "zymurgy", Text(await HydrateAsync("/plan.xls", OfficeSample.As("doc"))), StringComparison.Ordinal);

    [ToolFact("soffice")]
    public async Task Damaged_old_documents_end_in_success_or_a_permanent_error_and_leave_nothing()
    {
        foreach (var extension in new[] { "doc", "xls", "ppt" })
        {
            foreach (var damaged in Damage.Of(OfficeSample.As(extension), 6))
            {
                var error = (string?)(await HydrateAsync("/x." + extension, damaged))["hydration_error"];
                Assert.True(error?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, error);
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(_rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    private async Task<JsonNode> HydrateAsync(string path, byte[] file) =>
        (await _rig.RunAsync(new PlaintextHydrater(new PlaintextHydraterOptions()), TaskDocument.File(path), file))!;

    private static string Text(JsonNode sent) =>
        (string?)sent["metadata"]?["text"] ?? throw new InvalidOperationException("No text: " + sent.ToJsonString());
}

using AnyFetch.Client;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Office documents from an upload to what a search finds and a page shows, on a real server with LibreOffice.</summary>
public sealed class OfficeHydrationTests(HydrationFixture fixture) : IClassFixture<HydrationFixture>
{
    [OfficeTheory]
    [InlineData("Contracts/Contrat de maintenance chaudière.docx", "chaudière")]
    [InlineData("Finance/Budget 2026.xlsx", "quarter")]
    [InlineData("Meetings/Trade fair plan.pptx", "fair")]
    public async Task Hydrater_check_5_an_office_file_keeps_its_text_and_gets_its_layout(string sample, string word)
    {
        var api = await NewCompanyAsync();
        var file = SampleFile(sample);
        var name = Path.GetFileName(file);
        await api.Documents.SendAsync(
            new DocumentDraft { Identifier = name, Metadata = new() { ["path"] = "/" + name } }, default);
        await api.Documents.UploadFileAsync(DocumentRef.ByIdentifier(name), DocumentFile.FromPath(file), default);

        Client.Document? document = null;
        await Eventually.TrueAsync(
            async () =>
            {
                document = await api.Documents.GetRawAsync(DocumentRef.ByIdentifier(name), default);
                Assert.Null(document.HydrationError);
                return document.Hydrating!.Count == 0 && document.HydratedBy!.Any(h => h.ShortName == "office");
            },
            TimeSpan.FromSeconds(180),
            $"{name} has its layout");
        Assert.Equal(["plaintext", "office"], document!.HydratedBy!.Select(h => h.ShortName).Take(2));
        Assert.Equal("document", document.DocumentType!.Name);
        Assert.Contains(
            word, document.Metadata!.Value.GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<img src=\"data:image/jpeg;base64,", document.Data!.Value.GetProperty("html").GetString(), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () =>
            (await api.Documents.SearchAsync(new DocumentSearch { Search = word }, default)).Data.Any(d => d.Identifier == name));
    }

    private async Task<AnyFetchClient> NewCompanyAsync()
    {
        var admin = await fixture.Server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
        var (_, secret) = await fixture.Server.AddTokenAsync(admin);
        return fixture.Server.ClientOf(secret);
    }

    private static string SampleFile(string name) => RepositoryRoot.At("samples/documents/" + name);

    /// <summary>Skipped with the reason where LibreOffice or poppler is missing.</summary>
    private sealed class OfficeTheoryAttribute : TheoryAttribute
    {
        public OfficeTheoryAttribute() => Skip = ToolFinder.Missing("soffice", "pdftoppm");
    }
}

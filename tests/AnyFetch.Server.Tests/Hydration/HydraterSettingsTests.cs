using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Hydraters;
using AnyFetch.Server.Providers;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>What an administrator configures of a built-in hydrater holds where it runs: in a worker process, or in the server.</summary>
public sealed class HydraterSettingsTests
{
    [Fact]
    public async Task Settings_reach_the_worker_processes_and_the_registrations()
    {
        await using var server = await TestServer.StartAsync(
            ("Hydraters:Plaintext:ExtractedBytesMax", "2000"),
            ("Hydraters:Plaintext:KeepTruncatedText", "true"),
            ("Hydraters:Filecleaner:JunkNames", "*.junk"),
            ("Hydraters:Filecleaner:KeepsJunk", "true"));
        var (_, token) = await server.AddTokenAsync();
        var api = server.ClientOf(token);

        var longText = await HydrateAsync(api, "/long.txt");
        Assert.True(longText.Data!.Value.GetProperty("truncated").GetBoolean());
        Assert.InRange(longText.Metadata!.Value.GetProperty("text").GetString()!.Length, 1, 2000);

        var log = await HydrateAsync(api, "/build.log");
        Assert.Equal("plaintext", log.HydratedBy![0].ShortName);

        var junk = await HydrateAsync(api, "/notes.junk");
        Assert.Equal(["filecleaner"], junk.HydratedBy!.Select(h => h.ShortName));
        Assert.False(junk.Metadata!.Value.TryGetProperty("text", out _));
        await TestServer.WaitForCountAsync(api, new DocumentSearch { Search = "notes" }, 1);
    }

    [Fact]
    public void What_the_filecleaner_would_delete_providers_do_not_send()
    {
        var configured = BuiltInHydraterSections.Load(
            new Dictionary<string, string?> { ["ANYFETCH_HYDRATERS_FILECLEANER_JUNK_NAMES"] = "*.junk,*.old" });
        var options = new AnyFetchProviderOptions();
        ProviderHostingOptions.Apply(configured, options);
        Assert.Equal(["*.junk", "*.old"], options.Junk.Files);
        Assert.Equal(JunkNames.DefaultFolders, options.Junk.Folders);
    }

    [Fact]
    public void A_hydrater_on_its_own_takes_them_from_the_environment_and_refuses_what_is_wrong()
    {
        var settings = BuiltInHydraterSections.SettingsOf(BuiltInHydraterSections.Load(new Dictionary<string, string?>
        {
            ["ANYFETCH_HYDRATERS_OCR_LANGUAGES"] = "deu,eng",
            ["ANYFETCH_TOKEN"] = "somebody else's",
        }));
        Assert.Equal(["Hydraters:Ocr:Languages:0=deu", "Hydraters:Ocr:Languages:1=eng"], settings);
        Assert.Throws<ConfigurationFaultException>(() => BuiltInHydraterSections.Load(
            new Dictionary<string, string?> { ["ANYFETCH_HYDRATERS_PDF_PAGES_MAX"] = "0" }));
    }

    private static async Task<Document> HydrateAsync(AnyFetchClient api, string path)
    {
        var reference = DocumentRef.ByIdentifier(path);
        await api.Documents.SendAsync(new DocumentDraft { Identifier = path, Metadata = new() { ["path"] = path } }, default);
        var content = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some words of a text\n", 500)));
        var file = new DocumentFile { Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(content)) };
        await api.Documents.UploadFileAsync(reference, file, default);
        await Eventually.TrueAsync(async () => (await api.Documents.GetRawAsync(reference, default)).HydratedBy!.Count > 0);
        return await api.Documents.GetRawAsync(reference, default);
    }
}

using System.Diagnostics;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>A hydrater in another language, as <c>samples/word-counter</c> shows it: registered, called, answering.</summary>
public sealed class OutsiderTests
{
    [Fact]
    public async Task What_a_script_answers_can_be_searched()
    {
        await using var server = await TestServer.StartAsync();
        var (_, token) = await server.AddTokenAsync();
        var api = server.ClientOf(token);
        using var script = Start(server.Url);
        try
        {
            Assert.Contains("registered", await script.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            await api.Documents.SendAsync(
                new DocumentDraft { Identifier = "note", Metadata = new() { ["path"] = "/note.txt" } }, default);
            var file = new DocumentFile { Open = _ => ValueTask.FromResult<Stream>(new MemoryStream("one two three"u8.ToArray())) };
            await api.Documents.UploadFileAsync(DocumentRef.ByIdentifier("note"), file, default);

            await TestServer.WaitForCountAsync(api, new DocumentSearch { Search = "holds 3 words" }, 1);
            var raw = await api.Documents.GetRawAsync(DocumentRef.ByIdentifier("note"), default);
            Assert.Equal(3, raw.Metadata!.Value.GetProperty("words").GetInt32());
            Assert.Contains("word-counter", raw.HydratedBy!.Select(h => h.ShortName));
        }
        finally
        {
            script.Kill();
            await script.WaitForExitAsync();
        }
    }

    private static Process Start(Uri core)
    {
        var start = new ProcessStartInfo("python3", [RepositoryRoot.At("samples/word-counter/hydrater.py")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["ANYFETCH_URL"] = core.AbsoluteUri;
        start.Environment["ANYFETCH_EMAIL"] = TestServer.AdminEmail;
        start.Environment["ANYFETCH_PASSWORD"] = TestServer.AdminPassword;
        start.Environment["HYDRATER_URL"] = FreePort.TakeAddress();
        return Process.Start(start)!;
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Mails from a provider to what a search finds, on a real server with the built-in hydraters.</summary>
public sealed class MailHydrationTests(HydrationFixture fixture) : IClassFixture<HydrationFixture>, IAsyncLifetime
{
    private readonly TestServer _server = fixture.Server;
    private AnyFetchClient _api = null!;
    private string _adminId = "";

    public async Task InitializeAsync()
    {
        var admin = await _server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
        var (_, secret) = await _server.AddTokenAsync(admin);
        _api = _server.ClientOf(secret);
        _adminId = admin.Id.ToString();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Hydrater_check_7_a_mail_goes_to_eml_then_embedmail_and_its_pdf_is_a_document_of_its_own()
    {
        var pdf = await File.ReadAllBytesAsync(SampleFile("Products/Lathe safety manual.pdf"));
        await UploadAsync("m.eml", $"""
            From: Ada <ada@x.test>
            To: bo@x.test
            Subject: The quixotic plan
            Date: Tue, 3 Mar 2026 10:20:30 +0100
            Content-Type: multipart/mixed; boundary=x

            --x

            Please read the zymurgy chapter.

            On Mon, 2 Mar 2026, Bo <bo@x.test> wrote:
            > do you know the xylophone?
            --x
            Content-Type: application/pdf; name=manual.pdf
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(pdf, Base64FormattingOptions.InsertLineBreaks)}
            --x
            Content-Type: text/plain
            Content-Disposition: attachment; filename=notes.txt

            Mind the jabberwocky.
            --x--
            """);

        var mail = await HydratedAsync("m.eml", "embedmail");
        Assert.Equal("email", mail.DocumentType!.Name);
        Assert.Equal(["eml", "embedmail"], mail.HydratedBy!.Select(h => h.ShortName).Take(2));
        Assert.DoesNotContain(mail.HydratedBy!, h => h.ShortName == "plaintext");
        Assert.Equal("Please read the zymurgy chapter.", mail.Metadata!.Value.GetProperty("text").GetString());
        Assert.Equal(2, mail.Metadata.Value.GetProperty("attachmentsCount").GetInt32());
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 9, 20, 30, TimeSpan.Zero), mail.CreationDate);

        var manual = await HydratedAsync("m.eml/manual.pdf", "plaintext");
        Assert.Equal("document", manual.DocumentType!.Name);
        Assert.Contains("lathe", manual.Metadata!.Value.GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([_adminId], manual.UserAccess!);
        Assert.Contains(mail.Id, manual.Related!.Value.EnumerateArray().Select(r => r.GetString()));
        Assert.Contains(manual.Id, mail.Related!.Value.EnumerateArray().Select(r => r.GetString()));

        await FoundAsync("zymurgy", "m.eml");
        await FoundAsync("quixotic", "m.eml");
        await FoundAsync("jabberwocky", "m.eml/notes.txt");

        // The index may still show what the mail was before its quotation was cut.
        await Eventually.TrueAsync(async () =>
            (await _api.Documents.SearchAsync(new DocumentSearch { Search = "xylophone" }, default)).Count == 0);
    }

    [Fact]
    public async Task Mails_in_mails_and_mails_in_an_mbox_are_found_each_by_itself()
    {
        var mbox = new StringBuilder();
        for (var i = 1; i <= 3; i++)
        {
            mbox.Append(CultureInfo.InvariantCulture, $"From a@x.test Tue Mar  3 10:20:30 2026\nSubject: number {i}\n");
            mbox.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nouter{i}word\n--x\n");
            mbox.Append(CultureInfo.InvariantCulture, $"Content-Type: message/rfc822\n\nSubject: in {i}\n\ninner{i}word\n--x--\n\n");
        }

        await UploadAsync("box.mbox", mbox.ToString());
        await FoundAsync("outer2word", "box.mbox/0002.eml");
        await FoundAsync("inner3word", "box.mbox/0003.eml/in 3.eml");
        var box = await HydratedAsync("box.mbox", "eml");
        Assert.Equal("document", box.DocumentType!.Name);
        Assert.Equal(3, box.Data!.Value.GetProperty("children").GetArrayLength());
    }

    [Fact]
    public async Task A_mail_without_extension_is_told_by_its_content()
    {
        await UploadAsync("1709.M1P2.host", "Received: from a by b\nFrom: a@x.test\nTo: b@x.test\nSubject: maildir\n\nbandersnatch\n");
        var mail = await HydratedAsync("1709.M1P2.host", "embedmail");
        Assert.Equal("email", mail.DocumentType!.Name);
        Assert.Equal(["plaintext", "eml", "embedmail"], mail.HydratedBy!.Select(h => h.ShortName).Take(3));
        await FoundAsync("bandersnatch", "1709.M1P2.host");
    }

    [Fact]
    public async Task Hydrater_check_19_a_thread_keeps_its_messages()
    {
        await _api.Documents.SendAsync(
            new DocumentDraft
            {
                Identifier = "thread",
                DocumentType = "email-thread",
                Metadata = new JsonObject
                {
                    ["subject"] = "s",
                    ["messages"] = new JsonArray(
                        new JsonObject { ["text"] = "One.\nFrom: a" }, new JsonObject { ["text"] = "Two." }, new JsonObject { ["text"] = "Three." }),
                },
            },
            default);
        var thread = await HydratedAsync("thread", "embedmail");
        Assert.Equal(
            ["One.", "Two.", "Three."],
            thread.Metadata!.Value.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()));
    }

    private async Task UploadAsync(string name, string content)
    {
        await _api.Documents.SendAsync(
            new DocumentDraft
            {
                Identifier = name,
                Metadata = new JsonObject { ["path"] = "/" + name },
                UserAccess = [_adminId],
            },
            default);
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.File(name), content);
        await _api.Documents.UploadFileAsync(DocumentRef.ByIdentifier(name), DocumentFile.FromPath(folder.File(name)), default);
    }

    private async Task<Client.Document> HydratedAsync(string identifier, string hydrater)
    {
        Client.Document? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    found = await _api.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
                    Assert.Null(found.HydrationError);
                    return found.Hydrating!.Count == 0 && found.HydratedBy!.Any(h => h.ShortName == hydrater);
                }
                catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(120),
            $"{identifier} by {hydrater}");
        return found!;
    }

    private Task FoundAsync(string word, string identifier) => Eventually.TrueAsync(
        async () => (await _api.Documents.SearchAsync(new DocumentSearch { Search = word }, default)).Data
            .Any(d => d.Identifier == identifier),
        what: $"{word} in {identifier}");

    private static string SampleFile(string name) => RepositoryRoot.At("samples/documents/" + name);
}

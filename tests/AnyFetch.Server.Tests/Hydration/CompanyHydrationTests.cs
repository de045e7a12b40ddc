using System.Net;
using System.Text;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>What an administrator says of the company's hydration, from the API to the built-in hydraters.</summary>
public sealed class CompanyHydrationTests(HydrationFixture fixture) : HydrationTest(fixture)
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes("the quixotic lathe of the northern harbour");

    [Fact]
    public async Task Junk_and_originals_are_the_companys_own_matter()
    {
        var admin = Server.ClientOf(Admin.Email, TestServer.AdminPassword);
        var company = await admin.Companies.PatchCurrentAsync(
            new CompanyChange { JunkNames = ["*.iso"], KeepOriginals = true }, default);
        Assert.Equal(["*.iso"], company.JunkNames!);
        Assert.Null(company.JunkFolders);
        Assert.True(company.KeepOriginals);

        await UploadAsync("build.log", s_text);
        Assert.Equal(["plaintext", "deduplicator"], Names(await HydratedAsync("build.log", "deduplicator")));
        await FoundAsync("quixotic", "build.log");
        await using (var file = await Api.Documents.DownloadFileAsync(DocumentRef.ByIdentifier("build.log"), default))
        {
            using var content = new MemoryStream();
            await file.Content.CopyToAsync(content);
            Assert.Equal(s_text, content.ToArray());
        }

        await UploadGoneAsync(Api, "disk.iso");
        await UploadGoneAsync(Api, "node_modules/readme.txt");
        await UploadGoneAsync(await NewCompanyAsync(), "build.log");
    }

    /// <summary>A document that the filecleaner deletes; it may be gone before its file comes.</summary>
    private static async Task UploadGoneAsync(AnyFetchClient api, string name)
    {
        var reference = DocumentRef.ByIdentifier(name);
        await api.Documents.SendAsync(new DocumentDraft { Identifier = name, Metadata = new() { ["path"] = "/" + name } }, default);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await api.Documents.GetRawAsync(reference, default);
                return false;
            }
            catch (AnyFetchException gone) when (gone.Status == HttpStatusCode.NotFound)
            {
                return true;
            }
        });
    }

    private async Task<AnyFetchClient> NewCompanyAsync()
    {
        var other = await Server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
        return Server.ClientOf((await Server.AddTokenAsync(other)).Secret);
    }
}

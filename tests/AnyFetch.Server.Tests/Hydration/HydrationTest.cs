using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>A company of the test's own on the shared server, its administrator, and a provider's token.</summary>
public abstract class HydrationTest(HydrationFixture fixture) : IClassFixture<HydrationFixture>, IAsyncLifetime
{
    protected TestServer Server { get; } = fixture.Server;

    protected Core.Users.User Admin { get; private set; } = null!;

    protected AnyFetchClient Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Admin = await Server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
        Api = await NewProviderAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>One more source of the administrator.</summary>
    protected async Task<AnyFetchClient> NewProviderAsync() => Server.ClientOf((await Server.AddTokenAsync(Admin)).Secret);

    protected async Task UploadAsync(string name, byte[] content, bool isOpen = false)
    {
        await Api.Documents.SendAsync(
            new DocumentDraft
            {
                Identifier = name,
                Metadata = new JsonObject { ["path"] = "/" + name },
                UserAccess = isOpen ? null : [Admin.Id.ToString()],
                OpenToCompany = isOpen,
            },
            default);
        using var folder = new TempDirectory();
        await File.WriteAllBytesAsync(folder.File("x"), content);
        await Api.Documents.UploadFileAsync(DocumentRef.ByIdentifier(name), DocumentFile.FromPath(folder.File("x")), default);
    }

    /// <summary>The document once a hydrater is done with it and nobody is at work on it.</summary>
    protected async Task<Client.Document> HydratedAsync(string identifier, string hydrater)
    {
        Client.Document? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                found = await FindAsync(identifier);
                Assert.Null(found?.HydrationError);
                return found is { Hydrating.Count: 0 } && found.HydratedBy!.Any(h => h.ShortName == hydrater);
            },
            TimeSpan.FromSeconds(120),
            $"{identifier} by {hydrater}");
        return found!;
    }

    protected async Task<Client.Document?> FindAsync(string identifier)
    {
        try
        {
            return await Api.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    protected Task FoundAsync(string word, string identifier) => Eventually.TrueAsync(
        async () => (await Api.Documents.SearchAsync(new DocumentSearch { Search = word }, default)).Data
            .Any(d => d.Identifier == identifier),
        TimeSpan.FromSeconds(60),
        $"{word} in {identifier}");

    protected static IEnumerable<string> Names(Client.Document document) => document.HydratedBy!.Select(h => h.ShortName);
}

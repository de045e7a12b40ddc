using AnyFetch.Client;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Providers;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Providers;

public sealed class StandAloneProviderTests
{
    [Fact]
    public async Task A_provider_of_its_own_process_is_connected_like_any_other()
    {
        await using var dropbox = await DropboxEmulator.StartAsync();
        dropbox.Files.Put("/Kites.txt", "A kite flies.");
        await using var server = await TestServer.StartAsync();
        using var data = new TempDirectory();
        var url = FreePort.TakeAddress() + "/";
        var (client, secret) = await server.AddClientAsync(
            isTrusted: true, redirectUri: url + "init/connect", providerUrl: url);
        await using var provider = StandAloneProvider.Build(new StandAloneProviderSettings("dropbox")
        {
            Urls = url,
            Core = server.Url,
            AppId = client.Id.ToString(),
            AppSecret = secret,
            Configuration = Configuration(
                data,
                ("Providers:Dropbox:AppKey", DropboxEmulator.AppKey),
                ("Providers:Dropbox:AppSecret", DropboxEmulator.AppSecret),
                ("Providers:Dropbox:AuthorizeUrl", new Uri(dropbox.Url, "oauth2/authorize").AbsoluteUri),
                ("Providers:Dropbox:ApiUrl", dropbox.Url.AbsoluteUri),
                ("Providers:Dropbox:ContentUrl", dropbox.Url.AbsoluteUri)),
        })!;
        await provider.StartAsync();
        using var browser = await Browser.SignedInAsync(server);

        var end = await browser.FollowAsync($"/connect/{client.Id}");

        Assert.Equal("/connect?state=success", end.PathAndQuery);
        var search = new DocumentSearch { Search = "kite" };
        await Eventually.TrueAsync(async () =>
            (await server.Admin.Documents.SearchAsync(search, default)).Count == 1, what: "the file is found");
        await provider.StopAsync();
    }

    [Fact]
    public void A_provider_without_its_keys_does_not_start_and_says_which()
    {
        using var data = new TempDirectory();
        var fault = Assert.Throws<ConfigurationFaultException>(() => StandAloneProvider.Build(
            new StandAloneProviderSettings("dropbox") { Configuration = Configuration(data) }));
        Assert.Contains("Providers:Dropbox:AppKey is missing", fault.Message, StringComparison.Ordinal);
        Assert.Null(StandAloneProvider.Build(new StandAloneProviderSettings("nothing")));
    }

    private static ServerSettings Configuration(TempDirectory data, params (string Key, string Value)[] settings) => new()
    {
        UsesEnvironment = false,
        Overrides = settings.Append(("Data", data.Path)).ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2),
    };
}

using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Dropbox provider, whose consent page is Dropbox' own.</summary>
public sealed class DropboxProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await DropboxEmulator.StartAsync();
        var host = await TestHost.StartAsync<DropboxProvider>(
            platform,
            directory,
            services => services.Configure<DropboxProviderOptions>(options =>
            {
                options.AppKey = DropboxEmulator.AppKey;
                options.AppSecret = DropboxEmulator.AppSecret;
                options.AuthorizeUrl = new Uri(source.Url, "oauth2/authorize");
                options.ApiUrl = source.Url;
                options.ContentUrl = source.Url;
            }));
        return new Target(source, host);
    }

    private sealed class Target(DropboxEmulator source, TestHost host) : ProtocolTarget
    {
        public override TestHost Host => host;

        public override bool IsConsent(Uri address) => address.Authority == source.Url.Authority;

        public override string ConsentQuery(Uri consent)
        {
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
            using var reply = browser.Send(new HttpRequestMessage(HttpMethod.Get, consent));
            return reply.Headers.Location!.Query.TrimStart('?');
        }

        public override void PutItems(int count)
        {
            for (var i = 0; i < count; i++)
            {
                source.Files.Put($"/file-{i}.txt", "content " + i);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}

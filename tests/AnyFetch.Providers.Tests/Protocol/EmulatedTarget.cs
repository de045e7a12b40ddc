using AnyFetch.Emulators;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>A provider whose consent page is an emulated source's own.</summary>
/// <param name="source">The source.</param>
/// <param name="host">The provider.</param>
/// <param name="put">Puts an item at the source; its number.</param>
public sealed class EmulatedTarget(SourceEmulator source, TestHost host, Action<int> put) : ProtocolTarget
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
            put(i);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await source.DisposeAsync();
    }
}

using AnyFetch.Emulators.Google;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.Tests.Gmail;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Gmail provider.</summary>
public sealed class GmailProtocolTests
    : EmulatedProtocolSuite<GmailScene, GmailEmulator, GmailProvider, GmailProviderOptions>
{
    protected override void Put(GmailEmulator source, int i) =>
        source.Box.Deliver(GmailScene.Letter("mail " + i));
}

using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Dropbox;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Dropbox provider, whose consent page is Dropbox' own.</summary>
public sealed class DropboxProtocolTests
    : EmulatedProtocolSuite<DropboxScene, DropboxEmulator, DropboxProvider, DropboxProviderOptions>
{
    protected override void Put(DropboxEmulator source, int i) =>
        source.Files.Put($"/file-{i}.txt", "content " + i);
}

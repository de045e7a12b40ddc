using AnyFetch.Emulators.Box;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Tests.Box;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Box provider.</summary>
public sealed class BoxProtocolTests
    : EmulatedProtocolSuite<BoxScene, BoxEmulator, BoxProvider, BoxProviderOptions>
{
    protected override void Put(BoxEmulator source, int i) =>
        source.Files.AddFile($"file-{i}.txt", "content " + i);
}

using AnyFetch.Emulators.Evernote;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Tests.Evernote;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Evernote provider, whose consent page speaks OAuth 1.0a.</summary>
public sealed class EvernoteProtocolTests
    : EmulatedProtocolSuite<EvernoteScene, EvernoteEmulator, EvernoteProvider, EvernoteProviderOptions>
{
    protected override void Put(EvernoteEmulator source, int i) =>
        source.Notes.Put($"Note {i}", $"content {i}");
}

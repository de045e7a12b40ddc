using AnyFetch.Emulators.Google;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.Tests.GoogleDrive;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Google Drive provider.</summary>
public sealed class GoogleDriveProtocolTests
    : EmulatedProtocolSuite<GoogleDriveScene, DriveEmulator, GoogleDriveProvider, GoogleDriveProviderOptions>
{
    protected override void Put(DriveEmulator source, int i) =>
        source.Files.Put($"file-{i}.txt", "content " + i);
}

using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Providers.GoogleAccounts;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.GoogleDrive;

/// <summary>A scene with a Google Drive.</summary>
public sealed class GoogleDriveScene
    : EmulatedScene<GoogleDriveScene, DriveEmulator, GoogleDriveProvider, GoogleDriveProviderOptions>,
        IEmulatorOptions<GoogleDriveProviderOptions, DriveEmulator>
{
    public const string Prefix = "https://docs.google.com/file/d/";

    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(GoogleDriveProviderOptions options, DriveEmulator source)
    {
        ConfigureApplication(options, source.Url);
        options.ApiUrl = new Uri(source.Url, "drive/v3/");
    }

    /// <summary>Points an application at an emulator.</summary>
    public static void ConfigureApplication(GoogleApplicationOptions options, Uri url)
    {
        options.ClientId = GoogleEmulator.ClientId;
        options.ClientSecret = GoogleEmulator.ClientSecret;
        options.AuthorizeUrl = new Uri(url, "o/oauth2/v2/auth");
        options.TokenUrl = new Uri(url, "token");
        options.RevokeUrl = new Uri(url, "revoke");
        options.UserInfoUrl = new Uri(url, "v1/userinfo");
    }

    /// <summary>Whether a call asks for a content.</summary>
    public static bool IsContent(EmulatedCall call) => call.Path.EndsWith("/export", StringComparison.Ordinal)
        || call.Query.Contains("alt=media", StringComparison.Ordinal);

    /// <summary>Whether a call asks for a page of files: the folders are listed beforehand, by a query of their own.</summary>
    public static bool IsListing(EmulatedCall call, bool isFirst) => call.Path == "drive/v3/files"
        && Uri.UnescapeDataString(call.Query).Contains("mimeType != ", StringComparison.Ordinal)
        && isFirst != call.Query.Contains("pageToken", StringComparison.Ordinal);

    /// <summary>The calls of a kind, in order.</summary>
    public IReadOnlyList<EmulatedCall> Calls(Func<EmulatedCall, bool> kind) => [.. Emulator.Calls.Where(kind)];

    /// <summary>What the platform holds: each id, and its content.</summary>
    public Dictionary<string, string> Stored() =>
        Platform.Documents.Keys.ToDictionary(key => key.Identifier[Prefix.Length..], ContentOf);

    /// <summary>What the source holds, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected() => Source.Files.Drives.Keys.Append(null)
        .SelectMany(Source.Files.Of)
        .Where(file => file.Type != DriveFiles.FolderType && !Source.Files.IsTrashed(file))
        .ToDictionary(file => file.Id, file => Encoding.UTF8.GetString(file.Content));

    /// <summary>What the platform holds: each path, and the content.</summary>
    public Dictionary<string, string> Paths() => Platform.Documents.ToDictionary(
        entry => (string)entry.Value["metadata"]!["path"]!, entry => ContentOf(entry.Key));
}

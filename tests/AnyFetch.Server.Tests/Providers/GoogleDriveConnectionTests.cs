using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>Google Drive in a whole server.</summary>
public sealed class GoogleDriveConnectionTests() : ConnectionTest("google-drive", "Google Drive")
{
    private DriveEmulator _drive = null!;

    protected override string AccountName => GoogleEmulator.Email;

    protected override IEnumerable<(string Key, string Value)> Settings => SettingsOf(_drive.Url, "drive/v3/");

    [Fact]
    public async Task A_person_connects_searches_and_loses_what_goes_to_the_bin()
    {
        var garden = _drive.Files.PutFolder("Garden");
        _drive.Files.Put("Roses.txt", "The roses want water.", garden);
        var source = await ConnectAsync();
        await FindAsync("water", 1);

        _drive.Files.Put("Spade.txt", "The spade is blunt.");
        _drive.Files.Change(garden, folder => folder with { Trashed = true });
        await PressAsync(source, "update");
        await FindAsync("blunt", 1);
        await FindAsync("water", 0);
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => _drive = await DriveEmulator.StartAsync();

    /// <summary>What any of Google's providers needs to meet an emulator.</summary>
    internal static IEnumerable<(string Key, string Value)> SettingsOf(Uri google, string api) =>
    [
        ("ClientId", GoogleEmulator.ClientId),
        ("ClientSecret", GoogleEmulator.ClientSecret),
        ("AuthorizeUrl", new Uri(google, "o/oauth2/v2/auth").AbsoluteUri),
        ("TokenUrl", new Uri(google, "token").AbsoluteUri),
        ("RevokeUrl", new Uri(google, "revoke").AbsoluteUri),
        ("UserInfoUrl", new Uri(google, "v1/userinfo").AbsoluteUri),
        ("ApiUrl", new Uri(google, api).AbsoluteUri),
    ];
}

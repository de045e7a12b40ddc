using AnyFetch.Emulators.Dropbox;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>Members of shared folders and files see the documents (option <c>Permissions</c>).</summary>
public sealed class DropboxReaderTests
{
    private static async Task<DropboxScene> StartAsync()
    {
        var scene = await DropboxScene.StartAsync(source: options => options.Permissions = true);
        scene.Platform.Readers["bob@corp.test"] = "id-of-bob";
        scene.Platform.Readers["eve@corp.test"] = "id-of-eve";
        return scene;
    }

    private static string[] Users(DropboxScene scene, string path) =>
    [
        .. scene.Platform.Documents[(scene.Token, DropboxScene.Root + path)]["user_access"]!.AsArray()
            .Select(user => (string)user!).Where(user => user != scene.Token).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public async Task Members_with_verified_addresses_see_what_lies_in_the_nearest_shared_folder()
    {
        await using var scene = await StartAsync();
        var members = scene.Source.Files.Memberships;
        var (bob, eve) = (members.AddAccount("bob@corp.test"), members.AddAccount("eve@corp.test"));
        members.Share("/Team", bob, members.AddAccount("stranger@else.test"));
        members.Share("/Team/Board", eve);
        foreach (var path in new[] { "/private.txt", "/Team/a.txt", "/Team/b.txt", "/Team/Board/c.txt" })
        {
            scene.Source.Files.Put(path, path);
        }

        await scene.RunAsync();
        Assert.Empty(Users(scene, "/private.txt"));
        Assert.Equal(["id-of-bob"], Users(scene, "/team/a.txt"));
        Assert.Equal(["id-of-bob"], Users(scene, "/team/b.txt"));
        Assert.Equal(["id-of-eve"], Users(scene, "/team/board/c.txt"));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        using var start = await scene.Host.GetAsync("init/connect?code=c2");
        Assert.Contains("sharing.read", start.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_Dropbox_has_not_verified_and_a_disabled_account_open_nothing()
    {
        await using var scene = await StartAsync();
        var members = scene.Source.Files.Memberships;
        members.Share(
            "/Team", members.AddAccount("bob@corp.test", isVerified: false), members.AddAccount("eve@corp.test", isDisabled: true));
        scene.Source.Files.Put("/Team/a.txt", "a");
        await scene.RunAsync();
        Assert.Empty(Users(scene, "/team/a.txt"));
    }

    [Fact]
    public async Task A_file_shared_alone_is_seen_by_those_it_was_shared_with()
    {
        await using var scene = await StartAsync();
        var members = scene.Source.Files.Memberships;
        var file = scene.Source.Files.Put("/offer.txt", "offer");
        members.Share(file.Id, members.AddAccount("eve@corp.test"));
        await scene.RunAsync();
        Assert.Equal(["id-of-eve"], Users(scene, "/offer.txt"));
    }

    [Fact]
    public async Task Members_that_change_are_sent_without_the_file_when_everything_is_listed_or_permissions_are_asked_for()
    {
        await using var scene = await StartAsync();
        var members = scene.Source.Files.Memberships;
        var (bob, eve) = (members.AddAccount("bob@corp.test"), members.AddAccount("eve@corp.test"));
        members.Share("/Team", bob);
        scene.Source.Files.Put("/Team/a.txt", "a");
        await scene.RunAsync();
        members.Share("/Team", bob, eve);
        await scene.RunAsync();
        Assert.Equal(["id-of-bob"], Users(scene, "/team/a.txt"));

        await scene.Host.RunAsync(scene.Token, ("full", "1"));
        Assert.Equal(["id-of-bob", "id-of-eve"], Users(scene, "/team/a.txt"));
        members.Share("/Team", eve);
        await scene.Host.RunAsync(scene.Token, ("permissions", "1"));
        Assert.Equal(["id-of-eve"], Users(scene, "/team/a.txt"));
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Path.EndsWith("/file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_that_Dropbox_will_not_tell_open_nothing_and_are_reported()
    {
        await using var scene = await StartAsync();
        var members = scene.Source.Files.Memberships;
        members.Share("/Team", members.AddAccount("bob@corp.test"));
        members.Hidden.Add(members.IdOf("/Team"));
        scene.Source.Files.Put("/Team/a.txt", "a");
        await scene.RunAsync();
        Assert.Empty(Users(scene, "/team/a.txt"));
        Assert.Equal("GroupUnreadable", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);
    }
}

using System.Text.Json.Nodes;
using AnyFetch.Emulators.Google;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Tests.GoogleDrive;

/// <summary>Who sees a document of a Google Drive.</summary>
public sealed class GoogleDriveReaderTests
{
    private static readonly JsonObject Owner = Permission("user", GoogleEmulator.Email);

    [Fact]
    public async Task Without_the_option_nobody_is_asked_for()
    {
        await using var scene = await StartAsync(permissions: false);
        var file = scene.Source.Files.Put("a.txt", "a");
        scene.Source.Files.Change(file.Id, entry => entry with { Permissions = [Owner, Permission("user", "bob@corp.test")] });
        await scene.RunAsync();
        Assert.Equal([scene.Token], Readers(scene, file.Id));
        Assert.DoesNotContain(scene.Source.Calls, call => call.Query.Contains("permissions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task People_who_may_see_a_file_see_its_document_and_links_open_nothing()
    {
        await using var scene = await StartAsync();
        var file = scene.Source.Files.Put("a.txt", "a");
        scene.Source.Files.Change(file.Id, entry => entry with
        {
            Permissions =
            [
                Owner, Permission("user", "bob@corp.test"), Permission("user", "stranger@else.test"),
                Permission("user", "eve@corp.test", ("deleted", true)), Permission("user", "zoe@corp.test", ("view", "metadata")),
                new() { ["type"] = "anyone", ["allowFileDiscovery"] = true },
                new() { ["type"] = "domain", ["domain"] = "gmail.test", ["allowFileDiscovery"] = false },
                new() { ["type"] = "domain", ["domain"] = "else.test", ["allowFileDiscovery"] = true },
            ],
        });
        await scene.RunAsync();
        Assert.Equal([scene.Token, "id-of-bob"], Readers(scene, file.Id));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));

        // Somebody is added: the file stays where it is.
        scene.Source.Files.Change(file.Id, entry => entry with { Permissions = [Owner, Permission("user", "eve@corp.test")] });
        await scene.RunAsync();
        Assert.Equal([scene.Token, "id-of-eve"], Readers(scene, file.Id));
        Assert.DoesNotContain(scene.Source.Calls, GoogleDriveScene.IsContent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_the_whole_domain_is_open_when_the_administrator_says_so(bool open)
    {
        await using var scene = await StartAsync(configure: options => options.OpenToOrganisation = open);
        var file = scene.Source.Files.Put("a.txt", "a");
        scene.Source.Files.Change(file.Id, entry => entry with
        {
            Permissions = [Owner, new() { ["type"] = "domain", ["domain"] = "gmail.test", ["allowFileDiscovery"] = true }],
        });
        await scene.RunAsync();
        Assert.Equal(open, Document(scene, file.Id)["user_access"] is null);
    }

    [Fact]
    public async Task Check_9_Permissions_that_cannot_be_read_open_nothing_and_are_told()
    {
        await using var scene = await StartAsync();
        var drive = scene.Source.Files.PutDrive("Team");
        foreach (var parent in new[] { DriveFiles.Root, drive })
        {
            var file = scene.Source.Files.Put("a.txt", "a", parent);
            scene.Source.Files.Change(file.Id, entry => entry with { Permissions = null });
        }

        await scene.RunAsync();
        Assert.All(scene.Platform.Documents.Values, document =>
            Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray())));
        Assert.Equal(2, scene.Platform.Files.Count);
        Assert.Equal(
            ["AccessUnknown", "AccessUnknown"],
            (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code));
    }

    [Fact]
    public async Task In_a_shared_drive_each_file_is_asked_for_and_a_run_for_permissions_sends_readers_alone()
    {
        await using var scene = await StartAsync();
        var file = scene.Source.Files.Put("a.txt", "a", scene.Source.Files.PutDrive("Team"));
        scene.Source.Files.Change(file.Id, entry => entry with { Permissions = [Owner, Permission("user", "bob@corp.test")] });
        await scene.RunAsync();
        Assert.Equal([scene.Token, "id-of-bob"], Readers(scene, file.Id));

        scene.Source.Files.Change(file.Id, entry => entry with { Permissions = [Owner] });
        await scene.RunAsync(("permissions", "1"));
        Assert.Equal([scene.Token], Readers(scene, file.Id));
        Assert.DoesNotContain(scene.Source.Calls, GoogleDriveScene.IsContent);
    }

    private static async Task<GoogleDriveScene> StartAsync(
        bool permissions = true, Action<AnyFetchProviderOptions>? configure = null)
    {
        var scene = await GoogleDriveScene.StartAsync(configure, options => options.Permissions = permissions);
        foreach (var name in new[] { "bob", "eve", "zoe" })
        {
            scene.Platform.Readers[name + "@corp.test"] = "id-of-" + name;
        }

        return scene;
    }

    private static JsonObject Permission(string type, string email, params (string Name, JsonNode Value)[] more)
    {
        var permission = new JsonObject { ["type"] = type, ["emailAddress"] = email, ["role"] = "reader" };
        foreach (var (name, value) in more)
        {
            permission[name] = value;
        }

        return permission;
    }

    private static JsonObject Document(GoogleDriveScene scene, string id) =>
        scene.Platform.Documents[(scene.Token, GoogleDriveScene.Prefix + id)];

    private static IEnumerable<string> Readers(GoogleDriveScene scene, string id) =>
        Document(scene, id)["user_access"]!.AsArray().Select(reader => (string)reader!).OrderBy(reader => reader != scene.Token).ThenBy(reader => reader, StringComparer.Ordinal);
}

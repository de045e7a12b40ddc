using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;

namespace AnyFetch.Providers.Tests.Box;

/// <summary>Who sees a document of a Box account.</summary>
public sealed class BoxReaderTests
{
    [Fact]
    public async Task Without_the_option_nobody_is_asked_for()
    {
        await using var scene = await StartAsync(permissions: false);
        var file = scene.Source.Files.AddFile("a.txt", "a");
        scene.Source.Files.Collaborate(file.Id, "bob@corp.test");
        await scene.RunAsync();
        Assert.Equal([scene.Token], Readers(scene, file));
        Assert.DoesNotContain(scene.Source.Calls, call => call.Path.EndsWith("/collaborations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sharing_of_a_file_or_a_folder_above_and_its_end_reach_the_documents_without_a_download()
    {
        await using var scene = await StartAsync();
        var files = scene.Source.Files;
        var top = files.AddFolder("top");
        var below = files.AddFile("below.txt", "below", files.AddFolder("deep", top.Id).Id);
        var alone = files.AddFile("alone.txt", "alone");
        files.Collaborate(top.Id, "bob@corp.test", "uploader@corp.test", "stranger@else.test");
        files.Collaborate(alone.Id, "eve@corp.test", "zoe");
        await scene.RunAsync();
        Assert.Equal([scene.Token, "id-of-bob"], Readers(scene, below));
        Assert.Equal([scene.Token, "id-of-eve", "id-of-zoe"], Readers(scene, alone));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));

        files.Collaborate(top.Id, "eve@corp.test");
        files.Collaborate(alone.Id);
        await scene.RunAsync();
        Assert.Equal([scene.Token, "id-of-eve"], Readers(scene, below));
        Assert.Equal([scene.Token], Readers(scene, alone));
        Assert.DoesNotContain(scene.Source.Calls, call => call.Path.StartsWith("dl/", StringComparison.Ordinal));

        await scene.RunAsync(("full", "1"));
        Assert.Empty(scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Check_9_What_Box_does_not_tell_opens_nothing_and_is_told()
    {
        await using var scene = await StartAsync();
        var folder = scene.Source.Files.AddFolder("folder");
        var hidden = scene.Source.Files.AddFile("hidden.txt", "hidden", folder.Id);
        var grouped = scene.Source.Files.AddFile("grouped.txt", "grouped");
        scene.Source.Files.Collaborate(folder.Id, "bob@corp.test");
        scene.Source.Files.Collaborate(grouped.Id, "secret", "bob@corp.test");
        scene.Source.Intercept = call => call.Path == $"2.0/folders/{folder.Id}/collaborations"
            ? new Fault(403) { Body = """{"type":"error","status":403,"code":"forbidden"}""" }
            : null;
        await scene.RunAsync();
        Assert.Equal([scene.Token], Readers(scene, hidden));
        Assert.Equal([scene.Token, "id-of-bob"], Readers(scene, grouped));
        Assert.Equal(2, scene.Platform.Files.Count);
        Assert.Equal(
            ["AccessUnknown", "GroupUnreadable"],
            (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code).Order());
    }

    private static async Task<BoxScene> StartAsync(bool permissions = true)
    {
        var scene = await BoxScene.StartAsync(source: options => options.Permissions = permissions);
        foreach (var name in new[] { "bob", "eve", "zoe", "uploader", "secret" })
        {
            scene.Platform.Readers[name + "@corp.test"] = "id-of-" + name;
        }

        return scene;
    }

    private static IEnumerable<string> Readers(BoxScene scene, BoxNode file) =>
        scene.Platform.Documents[(scene.Token, file.Id)]["user_access"]!.AsArray().Select(reader => (string)reader!)
            .OrderBy(reader => reader != scene.Token).ThenBy(reader => reader, StringComparer.Ordinal);
}

using System.Text.Json.Nodes;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>What becomes of the files of a Dropbox (providers specification, section 2).</summary>
public sealed class DropboxTests
{
    [Fact]
    public async Task A_file_becomes_the_document_that_the_specification_describes()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/Rapports d'été/Plan_2026-final.TXT", "le plan");
        await scene.RunAsync();
        var identifier = DropboxScene.Root + "/rapports d'été/plan_2026-final.txt";
        var document = scene.Platform.Documents[(scene.Token, identifier)];
        Assert.Equal("file", (string?)document["document_type"]);
        Assert.Equal("/Rapports d'été/Plan_2026-final.TXT", (string?)document["metadata"]!["path"]);
        Assert.Equal("Plan 2026 final", (string?)document["metadata"]!["title"]);
        Assert.Null(document["metadata"]!["thumb"]);
        Assert.Equal(
            "https://www.dropbox.com/home/Rapports%20d%27%C3%A9t%C3%A9?select=Plan_2026-final.TXT",
            (string?)document["actions"]!["show"]);
        Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray()));
        Assert.NotNull(document["creation_date"]);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_1_All_pages_are_read_in_one_run_and_the_cursor_is_Dropbox_own()
    {
        await using var scene = await DropboxScene.StartAsync(source: options => options.PageItemsMax = 2);
        for (var i = 0; i < 6; i++)
        {
            scene.Source.Files.Put($"/f{i}", $"content {i}");
        }

        await scene.RunAsync();
        Assert.Single(scene.Source.Of("2/files/list_folder"));
        Assert.Equal(2, scene.Source.Of("2/files/list_folder/continue").Count);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.StartsWith("J:", (await scene.Host.AccountAsync(scene.Token)).Cursor, StringComparison.Ordinal);

        await scene.RunAsync();
        Assert.Single(scene.Source.Calls);
        Assert.Empty(scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Ten_thousand_entries_come_in_pages_and_all_arrive()
    {
        await using var scene = await DropboxScene.StartAsync(options => options.DocumentsPerUpdate = 20_000);
        for (var i = 0; i < 10_100; i++)
        {
            scene.Source.Files.Put($"/many/{i % 100}/f{i}", "");
        }

        await scene.RunAsync();
        Assert.Equal(5, scene.Source.Of("2/files/list_folder/continue").Count);
        Assert.Equal(10_100, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task Acceptance_2_A_deleted_folder_takes_everything_below_along()
    {
        await using var scene = await DropboxScene.StartAsync();
        foreach (var path in new[] { "/a/x", "/a/b/y", "/ab", "/c" })
        {
            scene.Source.Files.Put(path, path);
        }

        await scene.RunAsync();
        scene.Source.Files.Delete("/A");
        scene.Source.Files.Delete("/never-seen");
        await scene.RunAsync();
        Assert.Equal(["/ab", "/c"], scene.Stored().Keys.Order());
    }

    [Fact]
    public async Task Acceptance_3_A_renamed_folder_moves_its_documents_without_a_download()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/old/a.txt", "a");
        scene.Source.Files.Put("/old/deep/b.txt", "b");
        await scene.RunAsync();
        scene.Source.Files.Move("/old", "/New name");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(scene.Source.Of("2/files/download"));
        Assert.Equal(2, scene.Platform.Calls.Count(call => call.Method == "PATCH"));
        var moved = scene.Platform.Documents[(scene.Token, DropboxScene.Root + "/new name/a.txt")];
        Assert.Equal("/New name/a.txt", (string?)moved["metadata"]!["path"]);
    }

    [Fact]
    public async Task Acceptance_4_Folders_and_junk_produce_nothing_and_empty_files_no_download()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/empty.txt", "");
        scene.Source.Files.Put("/repository/.git/HEAD", "ref");
        scene.Source.Files.Put("/~$letter.docx", "lock");
        await scene.RunAsync();
        scene.Source.Files.PutFolder("/a folder");
        await scene.RunAsync();
        Assert.Equal(["/empty.txt"], scene.Stored().Keys);
        Assert.Empty(scene.Source.Of("2/files/download"));
    }

    [Fact]
    public async Task What_a_company_takes_for_junk_is_left_out_until_its_list_is_shorter()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/build.log", "log");
        scene.Source.Files.Put("/Old/a.txt", "a");
        scene.Source.Files.Put("/b.pdf", "b");
        scene.Source.Files.Put("/c.txt", "c");
        await scene.RunAsync(("junk_names", """["*.pdf"]"""), ("junk_folders", """["old"]"""));
        Assert.Equal(["/build.log", "/c.txt"], scene.Stored().Keys.Order());
        Assert.Equal(2, (await scene.Host.LastRunAsync(scene.Token)).Excluded);

        // Dropbox' own cursor tells nothing of a file that did not change.
        await scene.RunAsync(("junk_names", """["*.log"]"""));
        Assert.Equal(["/b.pdf", "/c.txt"], scene.Stored().Keys.Order());
        Assert.Equal(["/b.pdf"], scene.Platform.SentIdentifiers().Select(name => name[DropboxScene.Root.Length..]));

        await scene.RunAsync();
        Assert.Empty(scene.Source.Of("2/files/list_folder"));
        scene.Source.Files.Put("/next.log", "log");
        await scene.RunAsync();
        Assert.Equal(["/b.pdf", "/c.txt"], scene.Stored().Keys.Order());
    }

    [Fact]
    public async Task Acceptance_5_A_file_over_the_limit_sends_its_metadata_and_an_error_entry()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/film.mp4", [1], size: 51 * 1024 * 1024);
        await scene.RunAsync();
        Assert.Single(scene.Platform.Documents);
        Assert.Empty(scene.Source.Of("2/files/download"));
        Assert.Equal("TooLarge", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);
    }

    [Fact]
    public async Task A_folder_that_takes_a_files_place_and_a_file_that_takes_a_folders_place_replace_them()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/a", "a file");
        scene.Source.Files.Put("/b/c", "in a folder");
        await scene.RunAsync();
        scene.Source.Files.Delete("/a");
        scene.Source.Files.PutFolder("/a");
        scene.Source.Files.Put("/a/x", "below");
        scene.Source.Files.Delete("/b");
        scene.Source.Files.Put("/b", "a file now");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Paper_is_exported_as_Markdown()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/Notes.paper", "# Notes", exportAs: "html");
        await scene.RunAsync();
        Assert.Equal("# Notes", scene.Stored()["/notes.paper"]);
        var asked = JsonNode.Parse(Assert.Single(scene.Source.Of("2/files/export")).Argument)!;
        Assert.Equal("markdown", (string?)asked["export_format"]);
    }

    [Fact]
    public async Task In_a_team_space_everything_is_asked_from_its_root()
    {
        await using var scene = await DropboxScene.StartAsync(connect: false);
        scene.Source.TeamRoot = "7777";
        await scene.ConnectAsync();
        scene.Source.Files.Put("/team/plan.txt", "plan");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());

        // The team moves its space: a person reconnects, and the run goes on where it was.
        scene.Source.TeamRoot = "8888";
        scene.Source.Files.Put("/team/new.txt", "new");
        await scene.RunAsync();
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        await scene.ConnectAsync("anyfetch_token=" + scene.Token);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task One_document_is_sent_again_by_its_identifier()
    {
        await using var scene = await DropboxScene.StartAsync();
        scene.Source.Files.Put("/a.txt", "a");
        scene.Source.Files.Put("/b.txt", "b");
        await scene.RunAsync();
        scene.Platform.Calls.Clear();
        scene.Source.Calls.Clear();
        var identifier = DropboxScene.Root + "/b.txt";
        using var reply = await scene.Host.PostAsync(
            "update/" + Uri.EscapeDataString(identifier), ("access_token", scene.Token));
        await Eventually.TrueAsync(() => scene.Platform.Calls.Any(call => call.Path.EndsWith("/file", StringComparison.Ordinal)));
        Assert.Equal([identifier], scene.Platform.SentIdentifiers());
        Assert.Empty(scene.Source.Of("2/files/list_folder"));
    }
}

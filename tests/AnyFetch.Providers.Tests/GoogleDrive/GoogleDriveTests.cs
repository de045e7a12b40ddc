using AnyFetch.Emulators.Google;
using AnyFetch.Providers.GoogleDrive;

namespace AnyFetch.Providers.Tests.GoogleDrive;

/// <summary>What becomes of the files of a Google Drive (providers specification, section 4).</summary>
public sealed class GoogleDriveTests
{
    private const string Native = "application/vnd.google-apps.";

    [Fact]
    public async Task A_file_becomes_the_document_that_the_specification_describes()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var folder = scene.Source.Files.PutFolder("Rapports d'été");
        var file = scene.Source.Files.Put("Plan_2026-final.TXT", "le plan", folder);
        await scene.RunAsync();
        var document = scene.Platform.Documents[(scene.Token, "https://docs.google.com/file/d/" + file.Id)];
        Assert.Equal("file", (string?)document["document_type"]);
        Assert.Equal("/Rapports d'été/Plan_2026-final.TXT", (string?)document["metadata"]!["path"]);
        Assert.Equal("Plan 2026 final", (string?)document["metadata"]!["title"]);
        Assert.False((bool)document["metadata"]!["starred"]!);
        Assert.Equal($"https://drive.google.test/{file.Id}/view", (string?)document["actions"]!["show"]);
        Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray()));
        Assert.NotNull(document["creation_date"]);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_1_A_first_run_tells_of_no_deletion()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        scene.Source.Files.Put("f1.txt", "content 1");
        var binned = scene.Source.Files.Put("f2.txt", "content 2");
        scene.Source.Files.Change(binned.Id, file => file with { Trashed = true });
        await scene.RunAsync();
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Theory]
    [InlineData(DriveExport.Pdf, "document", "/Plan.pdf", "application/pdf")]
    [InlineData(DriveExport.Office, "document", "/Plan.docx", "wordprocessingml")]
    [InlineData(DriveExport.Office, "spreadsheet", "/Plan.xlsx", "spreadsheetml")]
    [InlineData(DriveExport.Office, "presentation", "/Plan.pptx", "presentationml")]
    [InlineData(DriveExport.Office, "drawing", "/Plan.pdf", "application/pdf")]
    public async Task Acceptance_2_A_document_of_Googles_own_is_exported(
        DriveExport export, string type, string path, string asked)
    {
        await using var scene = await GoogleDriveScene.StartAsync(source: options => options.Export = export);
        scene.Source.Files.Put("Plan", "exported", type: Native + type);
        scene.Source.Files.Put("Questions", "", type: Native + "form");
        scene.Source.Files.Put("Site", "", type: Native + "site");
        await scene.RunAsync();
        Assert.Equal(new Dictionary<string, string> { [path] = "exported" }, scene.Paths());
        Assert.Equal("Plan", (string?)scene.Platform.Documents.Single().Value["metadata"]!["title"]);
        var call = Assert.Single(scene.Calls(GoogleDriveScene.IsContent));
        Assert.Contains(asked, Uri.UnescapeDataString(call.Query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acceptance_3_What_goes_to_the_bin_is_removed_and_comes_back_with_it()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var folder = scene.Source.Files.PutFolder("a");
        var deep = scene.Source.Files.PutFolder("b", folder);
        var file = scene.Source.Files.Put("x.txt", "x");
        scene.Source.Files.Put("y.txt", "y", deep);
        scene.Source.Files.Put("z.txt", "z");
        await scene.RunAsync();
        Assert.Equal(["/a/b/y.txt", "/x.txt", "/z.txt"], scene.Paths().Keys.Order());

        foreach (var id in new[] { file.Id, folder })
        {
            scene.Source.Files.Change(id, entry => entry with { Trashed = true });
        }

        await scene.RunAsync();
        Assert.Equal(["/z.txt"], scene.Paths().Keys);
        foreach (var id in new[] { file.Id, folder })
        {
            scene.Source.Files.Change(id, entry => entry with { Trashed = false });
        }

        await scene.RunAsync();
        Assert.Equal(["/a/b/y.txt", "/x.txt", "/z.txt"], scene.Paths().Keys.Order());
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_4_An_unchanged_file_that_is_told_twice_is_sent_once()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var file = scene.Source.Files.Put("a.txt", "a");
        await scene.RunAsync();
        scene.Source.Files.Touch(file.Id);
        scene.Source.Files.Touch(file.Id);
        await scene.RunAsync();
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.Empty(scene.Calls(GoogleDriveScene.IsContent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acceptance_5_A_video_over_the_limit_sends_its_metadata_and_an_error_entry(bool skip)
    {
        await using var scene = await GoogleDriveScene.StartAsync(options => options.SkipLargeFiles = skip);
        var film = scene.Source.Files.Put("film.mp4", "pixels", type: "video/mp4");
        scene.Source.Files.Change(film.Id, file => file with { Size = 60 * 1024 * 1024 });
        await scene.RunAsync();
        Assert.Equal(skip ? 0 : 1, scene.Platform.Documents.Count);
        Assert.Empty(scene.Calls(GoogleDriveScene.IsContent));
        Assert.Equal(skip ? [] : ["TooLarge"], (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code));
    }

    [Fact]
    public async Task Acceptance_6_A_star_alone_is_sent_without_a_download()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var file = scene.Source.Files.Put("a.txt", "a");
        await scene.RunAsync();
        scene.Source.Files.Change(file.Id, entry => entry with { Starred = true });
        await scene.RunAsync();
        Assert.True((bool)scene.Platform.Documents.Single().Value["metadata"]!["starred"]!);
        Assert.Empty(scene.Calls(GoogleDriveScene.IsContent));
    }

    [Fact]
    public async Task Acceptance_8_What_is_no_longer_shared_is_deleted()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var shared = scene.Source.Files.PutFolder("Shared with me", parent: null);
        scene.Source.Files.Put("in a folder.txt", "1", shared);
        var alone = scene.Source.Files.Put("alone.txt", "2", parent: null);
        scene.Source.Files.Put("mine.txt", "3");
        await scene.RunAsync();
        Assert.Equal(["/Shared with me/in a folder.txt", "/alone.txt", "/mine.txt"], scene.Paths().Keys.Order(StringComparer.Ordinal));
        scene.Source.Files.Remove(shared);
        scene.Source.Files.Remove(alone.Id);
        await scene.RunAsync();
        Assert.Equal(["/mine.txt"], scene.Paths().Keys);
    }

    [Fact]
    public async Task A_moved_folder_tells_its_documents_without_a_download()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var (old, other) = (scene.Source.Files.PutFolder("old"), scene.Source.Files.PutFolder("other"));
        scene.Source.Files.Put("a.txt", "a", old);
        scene.Source.Files.Put("b.txt", "b", scene.Source.Files.PutFolder("deep", old));
        await scene.RunAsync();
        scene.Source.Files.Change(old, folder => folder with { Name = "New name", Parent = other });
        await scene.RunAsync();
        Assert.Equal(["/other/New name/a.txt", "/other/New name/deep/b.txt"], scene.Paths().Keys.Order());
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(scene.Calls(GoogleDriveScene.IsContent));
        Assert.Equal(2, scene.Platform.Calls.Count(call => call.Method == "PATCH"));
    }

    [Fact]
    public async Task A_file_that_left_a_folder_before_it_was_removed_is_kept()
    {
        await using var scene = await GoogleDriveScene.StartAsync(source: options => options.PageItemsMax = 1);
        var folder = scene.Source.Files.PutFolder("going");
        var file = scene.Source.Files.Put("kept.txt", "kept", folder);
        scene.Source.Files.Put("lost.txt", "lost", folder);
        await scene.RunAsync();
        scene.Source.Files.Change(file.Id, entry => entry with { Parent = DriveFiles.Root });
        scene.Source.Files.Remove(folder);
        await scene.RunAsync();
        Assert.Equal(["/kept.txt"], scene.Paths().Keys);
    }

    [Fact]
    public async Task Shared_drives_are_listed_followed_and_left()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var drive = scene.Source.Files.PutDrive("Team");
        scene.Source.Files.Put("f1.txt", "content 1");
        var file = scene.Source.Files.Put("plan.txt", "plan", scene.Source.Files.PutFolder("2026", drive));
        await scene.RunAsync();
        Assert.Equal(["/Team/2026/plan.txt", "/f1.txt"], scene.Paths().Keys.Order(StringComparer.Ordinal));

        scene.Source.Files.Write(file.Id, "another plan");
        scene.Source.Files.Put("new.txt", "new", drive);
        scene.Source.Files.Drives[drive] = "Crew";
        await scene.RunAsync();
        Assert.Equal(["/Crew/2026/plan.txt", "/Crew/new.txt", "/f1.txt"], scene.Paths().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(scene.Expected(), scene.Stored());

        scene.Source.Files.Drives.Remove(drive);
        scene.Source.Files.PutDrive("Empty");
        await scene.RunAsync();
        Assert.Equal(["/f1.txt"], scene.Paths().Keys);
    }

    [Fact]
    public async Task A_shortcut_stands_for_its_target_once()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var target = scene.Source.Files.Put("target.txt", "target");
        foreach (var leadsTo in new[] { target.Id, target.Id, scene.Source.Files.PutFolder("folder") })
        {
            var shortcut = scene.Source.Files.Put("shortcut", "", type: Native + "shortcut");
            scene.Source.Files.Change(shortcut.Id, file => file with { Target = leadsTo });
        }

        await scene.RunAsync();
        Assert.Equal(new Dictionary<string, string> { ["/target.txt"] = "target" }, scene.Paths());
        Assert.Single(scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task What_may_not_be_downloaded_is_sent_without_its_content()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        var file = scene.Source.Files.Put("secret.txt", "secret");
        scene.Source.Files.Change(file.Id, entry => entry with { CanDownload = false });
        await scene.RunAsync();
        Assert.Single(scene.Platform.Documents);
        Assert.Empty(scene.Calls(GoogleDriveScene.IsContent));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        scene.Source.Files.Change(file.Id, entry => entry with { CanDownload = true });
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task An_export_that_is_too_large_sends_its_metadata_and_an_error_entry()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        scene.Source.ExportBytesMax = 3;
        scene.Source.Files.Put("Plan", "far too large", type: Native + "document");
        await scene.RunAsync();
        Assert.Single(scene.Platform.Documents);
        Assert.Contains(
            "exportSizeLimitExceeded", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Junk_is_not_sent_and_what_becomes_junk_is_removed()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        scene.Source.Files.Put("~$letter.docx", "lock");
        scene.Source.Files.Put("HEAD", "ref", scene.Source.Files.PutFolder(".git"));
        var file = scene.Source.Files.Put("a.txt", "a");
        await scene.RunAsync();
        Assert.Equal(["/a.txt"], scene.Paths().Keys);
        scene.Source.Files.Change(file.Id, entry => entry with { Name = "a.tmp" });
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task What_a_company_takes_for_junk_is_left_out_until_its_list_is_shorter()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        scene.Source.Files.Put("build.log", "log");
        scene.Source.Files.Put("a.txt", "a", scene.Source.Files.PutFolder("Old"));
        scene.Source.Files.Put("b.pdf", "b");
        await scene.RunAsync(("junk_names", """["*.pdf"]"""), ("junk_folders", """["old"]"""));
        Assert.Equal(["/build.log"], scene.Paths().Keys);
        Assert.Equal(2, (await scene.Host.LastRunAsync(scene.Token)).Excluded);
        await scene.RunAsync(("junk_names", "null"), ("junk_folders", "null"));
        Assert.Equal(["/Old/a.txt", "/b.pdf"], scene.Paths().Keys.Order());
    }

    [Fact]
    public async Task Ten_thousand_files_come_in_pages_and_all_arrive()
    {
        await using var scene = await GoogleDriveScene.StartAsync(options => options.DocumentsPerUpdate = 20_000);
        for (var i = 0; i < 10_100; i++)
        {
            scene.Source.Files.Put($"f{i}", "");
        }

        await scene.RunAsync();
        Assert.Equal(10, scene.Calls(call => GoogleDriveScene.IsListing(call, isFirst: false)).Count);
        Assert.Equal(10_100, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task One_document_is_sent_again_by_its_identifier()
    {
        await using var scene = await GoogleDriveScene.StartAsync();
        scene.Source.Files.Put("f1.txt", "content 1");
        var file = scene.Source.Files.Put("b.txt", "b");
        await scene.RunAsync();
        scene.Platform.Calls.Clear();
        scene.Source.Calls.Clear();
        var identifier = GoogleDriveScene.Prefix + file.Id;
        using var reply = await scene.Host.PostAsync(
            "update/" + Uri.EscapeDataString(identifier), ("access_token", scene.Token));
        await Eventually.TrueAsync(() => scene.Platform.Calls.Any(call => call.Path.EndsWith("/file", StringComparison.Ordinal)));
        Assert.Equal([identifier], scene.Platform.SentIdentifiers());
        Assert.Empty(scene.Source.Of("drive/v3/files"));
    }

    [Fact]
    public async Task The_newest_is_sent_first()
    {
        await using var scene = await GoogleDriveScene.StartAsync(options => options.DocumentsPerUpdate = 1);
        var old = scene.Source.Files.Put("old.txt", "old");
        scene.Source.Files.Write(scene.Source.Files.Put("new.txt", "new").Id, "newer");
        await scene.RunAsync();
        Assert.Equal(["/new.txt"], scene.Paths().Keys);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(GoogleDriveScene.Prefix + old.Id, Assert.Single(scene.Platform.SentIdentifiers()));
    }
}

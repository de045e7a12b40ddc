using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;
using AnyFetch.Provider;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Box;

/// <summary>What becomes of the files of a Box account (providers specification, section 8).</summary>
public sealed class BoxTests
{
    [Fact]
    public async Task A_file_becomes_the_document_that_the_specification_describes()
    {
        await using var scene = await BoxScene.StartAsync();
        var folder = scene.Source.Files.AddFolder("Rapports d'été");
        var file = scene.Source.Files.AddFile("Plan_2026-final.TXT", "le plan", folder.Id);
        await scene.RunAsync();
        var document = scene.Platform.Documents[(scene.Token, file.Id)];
        Assert.Equal("file", (string?)document["document_type"]);
        Assert.Equal("/Rapports d'été/Plan_2026-final.TXT", (string?)document["metadata"]!["path"]);
        Assert.Equal("Plan 2026 final", (string?)document["metadata"]!["title"]);
        Assert.Equal("https://app.box.com/file/" + file.Id, (string?)document["actions"]!["show"]);
        Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray()));
        Assert.NotNull(document["creation_date"]);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(BoxEmulator.Login, (await scene.Host.AccountAsync(scene.Token)).Name);
    }

    [Fact]
    public async Task Acceptance_1_A_folder_with_250_files_is_fully_listed()
    {
        await using var scene = await BoxScene.StartAsync(source: options => options.PageItemsMax = 100);
        var folder = scene.Source.Files.AddFolder("many");
        for (var i = 0; i < 250; i++)
        {
            scene.Source.Files.AddFile($"f{i}.txt", $"content {i}", folder.Id);
        }

        await scene.RunAsync();
        Assert.Equal(2, scene.Source.Calls.Count(call => call.Query.Contains("&marker=", StringComparison.Ordinal)));
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Ten_thousand_files_in_hundreds_of_folders_all_arrive()
    {
        await using var scene = await BoxScene.StartAsync(
            options => options.DocumentsPerUpdate = 20_000, options => options.PageItemsMax = 50);
        for (var i = 0; i < 200; i++)
        {
            var folder = scene.Source.Files.AddFolder($"folder {i}");
            for (var j = 0; j < 51; j++)
            {
                scene.Source.Files.AddFile($"f{j}", "", folder.Id);
            }
        }

        await scene.RunAsync();
        Assert.Equal(10_200, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task Acceptance_2_The_files_of_a_moved_or_renamed_folder_are_sent_once_each_without_a_download()
    {
        await using var scene = await BoxScene.StartAsync();
        var files = scene.Source.Files;
        var (from, to) = (files.AddFolder("from"), files.AddFolder("to"));
        files.AddFile("a.txt", "a", from.Id);
        files.AddFile("b.txt", "b", files.AddFolder("deep", from.Id).Id);
        files.AddFile("c.txt", "c", to.Id);
        await scene.RunAsync();
        files.Move(from.Id, to.Id);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(["/to/c.txt", "/to/from/a.txt", "/to/from/deep/b.txt"], scene.Stored().Keys.Order());
        Assert.Equal(2, scene.Platform.Calls.Count(call => call.Method == "PATCH"));
        Assert.DoesNotContain(scene.Source.Calls, IsDownload);

        files.Rename(to.Id, "new");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(3, scene.Platform.Calls.Count(call => call.Method == "PATCH"));
        Assert.DoesNotContain(scene.Source.Calls, IsDownload);
    }

    [Fact]
    public async Task Acceptance_3_A_folder_in_the_trash_takes_everything_below_along_and_brings_it_back()
    {
        await using var scene = await BoxScene.StartAsync();
        var files = scene.Source.Files;
        var (gone, kept) = (files.AddFolder("gone"), files.AddFolder("kept"));
        files.AddFile("a.txt", "a", gone.Id);
        var saved = files.AddFile("saved.txt", "saved", gone.Id);
        files.AddFile("b.txt", "b", files.AddFolder("deep", gone.Id).Id);
        files.AddFile("c.txt", "c", kept.Id);
        await scene.RunAsync();
        files.Move(saved.Id, kept.Id);
        files.Trash(gone.Id);
        await scene.RunAsync();
        Assert.Equal(["/kept/c.txt", "/kept/saved.txt"], scene.Stored().Keys.Order());
        Assert.Equal(2, scene.Platform.Calls.Count(call => call.Method == "DELETE"));
        files.Restore(gone.Id);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(4, scene.Stored().Count);
    }

    [Fact]
    public async Task A_folder_in_the_trash_takes_along_what_was_not_sent_yet()
    {
        await using var scene = await BoxScene.StartAsync(options => options.DocumentsPerUpdate = 1);
        var folder = scene.Source.Files.AddFolder("folder");
        for (var i = 0; i < 3; i++)
        {
            scene.Source.Files.AddFile($"f{i}.txt", "x", folder.Id);
        }

        scene.Source.Files.AddFile("other.txt", "other");
        await scene.RunAsync();
        Assert.Single(scene.Platform.Documents);
        scene.Source.Files.Trash(folder.Id);
        await scene.RunAsync();
        await scene.RunAsync();
        Assert.Equal(["/other.txt"], scene.Stored().Keys);
    }

    [Fact]
    public async Task Acceptance_4_An_event_that_is_told_twice_is_handled_once()
    {
        await using var scene = await BoxScene.StartAsync(source: options => options.PageEventsMax = 1);
        await scene.RunAsync();
        var file = scene.Source.Files.AddFile("a.txt", "a");
        scene.Source.Files.RepeatLastEvent();
        await scene.RunAsync();
        Assert.Single(scene.Source.Of("2.0/files/" + file.Id));
        Assert.Equal([file.Id], scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Acceptance_7_What_happens_during_the_first_walk_is_not_missed()
    {
        await using var scene = await BoxScene.StartAsync(source: options => options.PageItemsMax = 1);
        var files = scene.Source.Files;
        var (first, last) = (files.AddFolder("a"), files.AddFolder("b"));
        files.AddFile("x.txt", "x", first.Id);
        var moved = files.AddFile("moved.txt", "moved", first.Id);
        files.AddFile("y.txt", "y", last.Id);
        var acted = false;
        scene.Source.Intercept = call =>
        {
            // One folder was walked, the other was not: the file leaves the one for the other.
            if (!acted && call.Path == $"2.0/folders/{first.Id}/items")
            {
                acted = true;
                files.Move(moved.Id, last.Id);
                files.AddFile("late.txt", "late");
                files.AddFile("later.txt", "later", last.Id);
            }

            return null;
        };
        await scene.RunAsync();
        Assert.True(acted);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(5, scene.Stored().Count);
    }

    [Fact]
    public async Task What_is_no_longer_shared_is_deleted_and_what_is_shared_again_returns()
    {
        await using var scene = await BoxScene.StartAsync();
        var folder = scene.Source.Files.AddFolder("shared");
        scene.Source.Files.AddFile("a.txt", "a", folder.Id);
        var single = scene.Source.Files.AddFile("b.txt", "b");
        await scene.RunAsync();
        scene.Source.Files.Share(folder.Id, isShared: false);
        scene.Source.Files.Share(single.Id, isShared: false);
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
        scene.Source.Files.Share(folder.Id, isShared: true);
        scene.Source.Files.Share(single.Id, isShared: true);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(2, scene.Stored().Count);
    }

    [Fact]
    public async Task Changes_renames_copies_and_deletions_of_files_arrive()
    {
        await using var scene = await BoxScene.StartAsync();
        var files = scene.Source.Files;
        var (changed, renamed, gone) = (files.AddFile("a.txt", "a"), files.AddFile("b.txt", "b"), files.AddFile("c.txt", "c"));
        var folder = files.AddFolder("folder");
        files.AddFile("d.txt", "d", folder.Id);
        await scene.RunAsync();
        files.Write(changed.Id, "another a");
        files.Rename(renamed.Id, "bb.txt");
        files.Trash(gone.Id);
        files.Copy(folder.Id, "copy");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(2, scene.Source.Calls.Count(IsDownload));
    }

    [Fact]
    public async Task Links_and_junk_produce_nothing_and_what_becomes_junk_disappears()
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddLink("a page");
        scene.Source.Files.AddFile("HEAD", "ref", scene.Source.Files.AddFolder(".git").Id);
        scene.Source.Files.AddFile("~$letter.docx", "lock");
        scene.Source.Files.AddFile("empty.txt", "");
        var file = scene.Source.Files.AddFile("draft.txt", "draft");
        await scene.RunAsync();
        Assert.Equal(["/draft.txt", "/empty.txt"], scene.Stored().Keys.Order());
        Assert.Single(scene.Source.Calls, IsDownload);
        scene.Source.Files.Rename(file.Id, "draft.tmp");
        await scene.RunAsync();
        Assert.Equal(["/empty.txt"], scene.Stored().Keys);
    }

    [Fact]
    public async Task What_a_company_takes_for_junk_is_left_out_until_its_list_is_shorter()
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddFile("build.log", "log");
        scene.Source.Files.AddFile("a.txt", "a", scene.Source.Files.AddFolder("Old").Id);
        scene.Source.Files.AddFile("b.pdf", "b");
        await scene.RunAsync(("junk_names", """["*.pdf"]"""), ("junk_folders", """["old"]"""));
        Assert.Equal(["/build.log"], scene.Stored().Keys);
        Assert.Equal(2, (await scene.Host.LastRunAsync(scene.Token)).Excluded);
        await scene.RunAsync(("junk_names", "null"), ("junk_folders", "null"));
        Assert.Equal(["/Old/a.txt", "/b.pdf"], scene.Stored().Keys.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_over_the_limit_sends_its_metadata_and_an_error_entry_or_nothing(bool skip)
    {
        await using var scene = await BoxScene.StartAsync(options => options.SkipLargeFiles = skip);
        scene.Source.Files.AddFile("film.mp4", "x", size: 52_428_801);
        await scene.RunAsync();
        Assert.Equal(skip ? 0 : 1, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Source.Calls, IsDownload);
        Assert.Equal(skip ? [] : ["TooLarge"], (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code));
    }

    [Fact]
    public async Task A_file_that_may_be_seen_and_not_downloaded_sends_its_metadata()
    {
        await using var scene = await BoxScene.StartAsync();
        var file = scene.Source.Files.AddFile("preview.pdf", "pdf");
        scene.Source.Files.Set(file.Id, node => node with { CanDownload = false });
        await scene.RunAsync();
        Assert.Equal("", scene.Stored()["/preview.pdf"]);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Theory]
    [InlineData("""{"atext":{"text":"Buy bread\nand milk","attribs":"*0+9"},"pool":{}}""", "Buy bread\nand milk")]
    [InlineData(
        """
        {"version":3,"doc":{"type":"doc","content":[
            {"type":"heading","content":[{"type":"text","text":"Shopping"}]},
            {"type":"paragraph","content":[{"type":"text","text":"Buy "},{"type":"text","text":"bread","marks":[{"type":"strong"}]}]},
            {"type":"bullet_list","content":[{"type":"list_item","content":[
                {"type":"paragraph","content":[{"type":"text","text":"milk"}]}]}]}]}}
        """,
        "Shopping\nBuy bread\nmilk\n")]
    public async Task A_note_is_sent_as_its_text(string note, string text)
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddFile("List.boxnote", note);
        await scene.RunAsync();
        Assert.Equal(text, scene.Stored()["/List.boxnote"]);
    }

    [Fact]
    public async Task One_document_is_sent_again_by_its_identifier()
    {
        await using var scene = await BoxScene.StartAsync();
        scene.Source.Files.AddFile("a.txt", "a");
        var file = scene.Source.Files.AddFile("b.txt", "b");
        await scene.RunAsync();
        scene.Platform.Calls.Clear();
        scene.Source.Calls.Clear();
        using var reply = await scene.Host.PostAsync("update/" + file.Id, ("access_token", scene.Token));
        await Eventually.TrueAsync(() => scene.Platform.Calls.Any(call => call.Path.EndsWith("/file", StringComparison.Ordinal)));
        Assert.Equal([file.Id], scene.Platform.SentIdentifiers());
        Assert.DoesNotContain(scene.Source.Calls, call => call.Path.StartsWith("2.0/folders", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notice_is_signed_as_Box_documents_it()
    {
        var call = new WebhookCall(
            "POST",
            new Dictionary<string, string>(),
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["box-delivery-timestamp"] = "2020-01-01T00:00:00-07:00",
                ["box-signature-version"] = "1",
                ["box-signature-algorithm"] = "HmacSHA256",
                ["box-signature-primary"] = "6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=",
            },
            """{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}"""u8
                .ToArray());
        var options = new BoxProviderOptions { WebhookPrimaryKey = BoxScene.PrimaryKey };
        var notices = new BoxNotices(options, new FixedTime(new(2020, 1, 1, 7, 5, 0, TimeSpan.Zero)));
        Assert.Equal(200, notices.Read(call, _ => null).Status);
        options.WebhookPrimaryKey = "";
        Assert.Equal(403, notices.Read(call, _ => null).Status);
    }

    private static bool IsDownload(EmulatedCall call) => call.Path.StartsWith("dl/", StringComparison.Ordinal);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

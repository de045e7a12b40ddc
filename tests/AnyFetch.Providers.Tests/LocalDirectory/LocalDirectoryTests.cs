using System.Text;
using AnyFetch.Provider;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.LocalDirectory;

public sealed class LocalDirectoryTests
{
    [Fact]
    public async Task Acceptance_1_Five_files_and_an_empty_one_give_five_documents_with_their_files()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("a.txt");
        disk.Write("b/c.txt");
        disk.Write("b/d/e.md");
        disk.Write("2024_budget-v2.final.xlsx");
        disk.Write("ü/ß (1) #?.txt");
        File.WriteAllBytes(disk.PathOf("empty.txt"), []);
        await disk.RunAsync();
        Assert.Equal(5, disk.Platform.Documents.Count);
        Assert.Equal(5, disk.Platform.Files.Count);
        var budget = disk.Document("/2024_budget-v2.final.xlsx");
        Assert.Equal("2024 budget v2 final", (string?)budget["metadata"]!["title"]);
        Assert.Equal("xlsx", (string?)budget["metadata"]!["extension"]);
        Assert.Equal("/2024_budget-v2.final.xlsx", (string?)budget["metadata"]!["path"]);
        Assert.Equal("file", (string?)budget["document_type"]);
        Assert.Matches("^local://[^/]+/[0-9a-f]{12}/2024_budget-v2\\.final\\.xlsx$", (string?)budget["identifier"]);
        Assert.Equal("content of ü/ß (1) #?.txt", Encoding.UTF8.GetString(disk.FileOf("/ü/ß (1) #?.txt")));
    }

    [Fact]
    public async Task Acceptance_2_Touching_one_file_sends_it_alone_and_an_older_time_counts_too()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("a.txt");
        disk.Write("b.txt");
        await disk.RunAsync();
        File.SetLastWriteTimeUtc(disk.PathOf("a.txt"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        await disk.RunAsync();
        Assert.Equal(["a.txt"], disk.Platform.SentIdentifiers().Skip(2).Select(Path.GetFileName));
        Assert.Equal("2001-02-03T04:05:06.000Z", (string?)disk.Document("/a.txt")["modification_date"]);
        await disk.RunAsync();
        Assert.Equal(3, disk.Platform.SentIdentifiers().Count);
    }

    [Fact]
    public async Task Acceptance_3_Removing_one_file_deletes_one_document()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("a.txt");
        disk.Write("b.txt");
        await disk.RunAsync();
        File.Delete(disk.PathOf("a.txt"));
        await disk.RunAsync();
        Assert.Equal(["b.txt"], disk.Platform.Documents.Keys.Select(key => Path.GetFileName(key.Identifier)));
    }

    [Fact]
    public async Task Acceptance_4_A_missing_root_fails_the_run_and_deletes_nothing()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("a.txt");
        await disk.RunAsync();
        Directory.Move(disk.Root, disk.Root + "-away");
        await disk.RunAsync();
        Assert.Equal("failed", (await disk.Host.LastRunAsync("T")).Outcome);
        Assert.Single(disk.Platform.Documents);
        Directory.Move(disk.Root + "-away", disk.Root);
        await disk.RunAsync();
        Assert.Equal("succeeded", (await disk.Host.LastRunAsync("T")).Outcome);
        Assert.Single(disk.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Acceptance_4_A_disk_that_is_not_mounted_any_more_deletes_nothing()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("a.txt");
        await disk.RunAsync();
        var account = await disk.Host.AccountAsync("T");
        account.Data["mount"] = "/media/usb";
        await disk.Host.Store.Accounts.SaveDataAsync(account.Id, account.Data, CancellationToken.None);
        File.Delete(disk.PathOf("a.txt"));
        await disk.RunAsync();
        Assert.Equal("failed", (await disk.Host.LastRunAsync("T")).Outcome);
        Assert.Single(disk.Platform.Documents);
    }

    [Fact]
    public async Task Acceptance_5_A_name_in_decomposed_form_is_found_again_and_sent_composed()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("nai\u0308ve.txt");
        await disk.RunAsync();
        await disk.RunAsync();
        Assert.EndsWith("/na\u00EFve.txt", Assert.Single(disk.Platform.SentIdentifiers()), StringComparison.Ordinal);
        Assert.Single(disk.Platform.Files);
        File.Delete(disk.PathOf("nai\u0308ve.txt"));
        await disk.RunAsync();
        Assert.Empty(disk.Platform.Documents);
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("{root}/../")]
    [InlineData("{root}-beside")]
    [InlineData("{root}/link-out")]
    [InlineData("{root}/missing")]
    [InlineData("{root}/file.txt")]
    [InlineData("relative")]
    public async Task Acceptance_6_A_path_outside_the_allowed_roots_or_no_directory_is_refused(string path)
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("file.txt");
        Directory.CreateDirectory(disk.Root + "-beside");
        Directory.CreateSymbolicLink(disk.PathOf("link-out"), "/etc");
        var provider = disk.Provider();
        await Assert.ThrowsAsync<ConnectException>(() => provider.CompleteAsync(
            new Dictionary<string, string> { ["path"] = path.Replace("{root}", disk.Root, StringComparison.Ordinal) },
            CancellationToken.None));
    }

    [Fact]
    public async Task Acceptance_6_A_link_to_an_allowed_directory_is_connected_under_its_real_path()
    {
        await using var disk = await Disk.StartAsync();
        Directory.CreateDirectory(disk.PathOf("real"));
        Directory.CreateSymbolicLink(disk.Root + "-link", disk.PathOf("real"));
        var source = await disk.Provider().CompleteAsync(
            new Dictionary<string, string> { ["path"] = disk.Root + "-link" }, CancellationToken.None);
        Assert.Equal((disk.PathOf("real"), disk.PathOf("real")), (source.AccountName, (string?)source.ServiceData["path"]));
    }

    [Fact]
    public async Task Acceptance_7_A_file_that_the_watcher_noticed_has_the_identifier_of_a_walk()
    {
        await using var disk = await Disk.StartAsync(watch: true);
        await Eventually.TrueAsync(async () => (await disk.Host.AccountAsync("T")).Cursor is not null);
        disk.Write("noticed.txt");
        await Eventually.TrueAsync(() => disk.Platform.Documents.Count == 1);
        await disk.Host.IdleAsync("T");
        await Eventually.TrueAsync(async () =>
            await disk.Host.UpdateAsync("T", ("force", "1")) == System.Net.HttpStatusCode.Accepted);
        await disk.Host.IdleAsync("T");
        Assert.Single(disk.Platform.SentIdentifiers().Distinct());
        File.Delete(disk.PathOf("noticed.txt"));
        await Eventually.TrueAsync(() => disk.Platform.Documents.IsEmpty);
    }

    [Fact]
    public async Task Acceptance_8_Links_neither_loop_nor_lead_outside()
    {
        await using var disk = await Disk.StartAsync();
        using var outside = new TempDirectory();
        File.WriteAllText(outside.File("secret.txt"), "secret");
        disk.Write("a/b/c.txt");
        Directory.CreateSymbolicLink(disk.PathOf("a/b/up"), disk.Root);
        Directory.CreateSymbolicLink(disk.PathOf("a/self"), "self");
        Directory.CreateSymbolicLink(disk.PathOf("out"), outside.Path);
        File.CreateSymbolicLink(disk.PathOf("secret.txt"), outside.File("secret.txt"));
        File.CreateSymbolicLink(disk.PathOf("dangling.txt"), "/nowhere");
        await disk.RunAsync();
        Assert.Equal(["c.txt"], disk.Platform.SentIdentifiers().Select(Path.GetFileName));
    }

    [Fact]
    public async Task Hidden_junk_excluded_and_special_files_are_not_sent()
    {
        await using var disk = await Disk.StartAsync(options =>
        {
            options.Exclude.Add("private/**");
            options.Exclude.Add("*.iso");
        });
        foreach (var name in (string[])[
            ".hidden", ".git/config", "node_modules/x.js", "build.log", "~$plan.docx", "Thumbs.db", "private/x.txt",
            "deep/private.iso", "._x", "a.tmp"])
        {
            disk.Write(name);
        }

        disk.Write("logbook.txt");
        disk.Write("deep/private/kept.txt");
        using var pipe = System.Diagnostics.Process.Start("mkfifo", disk.PathOf("pipe.txt"));
        await pipe.WaitForExitAsync();
        await disk.RunAsync();
        Assert.Equal(
            ["kept.txt", "logbook.txt"], disk.Platform.SentIdentifiers().Select(name => Path.GetFileName(name)).Order());
    }

    [Fact]
    public async Task What_the_company_takes_for_junk_is_left_out_and_counted_until_its_list_is_shorter()
    {
        await using var disk = await Disk.StartAsync();
        foreach (var name in (string[])["a.log", "old/b.txt", "old/c.txt", "deep/old/d.txt", "e.txt"])
        {
            disk.Write(name);
        }

        await disk.Host.RunAsync("T", ("junk_names", """["e.*"]"""), ("junk_folders", """["Old"]"""));
        Assert.Equal(["a.log"], disk.Platform.SentIdentifiers().Select(Path.GetFileName));

        // Two directories, and one file.
        Assert.Equal(3, (await disk.Host.LastRunAsync("T")).Excluded);

        await disk.Host.RunAsync("T", ("junk_names", "[]"), ("junk_folders", """["deep"]"""));
        Assert.Equal(["a.log", "b.txt", "c.txt", "e.txt"], disk.Platform.SentIdentifiers().Select(Path.GetFileName).Order());
        await disk.Host.RunAsync("T", ("junk_names", """["*.log"]"""));
        Assert.DoesNotContain("a.log", disk.Platform.Documents.Keys.Select(key => Path.GetFileName(key.Identifier)));

        // One document that is asked for by name is judged by the same list.
        var letter = disk.Platform.Documents.Keys.Single(key => key.Identifier.EndsWith("e.txt", StringComparison.Ordinal));
        await disk.Host.RunAsync("T", ("junk_names", """["*.txt"]"""), ("permissions", "1"));
        using var reply = await disk.Host.PostAsync("update/" + Uri.EscapeDataString(letter.Identifier), ("access_token", "T"));
        await Eventually.TrueAsync(async () => (await disk.Host.ErrorsAsync("T")).Any(error => error.Code == "NotFound"));
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_waits_until_it_is_quiet()
    {
        await using var disk = await Disk.StartAsync(options => options.GrowthMilliseconds = 300);
        disk.Write("growing.txt");
        await disk.RunAsync();
        await Eventually.TrueAsync(() => disk.Platform.Files.Count == 1);
        var modified = File.GetLastWriteTimeUtc(disk.PathOf("growing.txt"));
        var sent = disk.Platform.Calls.First(call => call.Key == "POST /documents").At;
        Assert.True(sent - modified >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_file_that_vanished_after_the_listing_is_skipped_without_an_error()
    {
        await using var disk = await Disk.StartAsync(concurrency: 1);
        disk.Write("a.txt");
        disk.Write("b.txt");
        disk.Platform.Delay = _ =>
        {
            File.Delete(disk.PathOf("a.txt"));
            File.Delete(disk.PathOf("b.txt"));
            return Task.CompletedTask;
        };
        await disk.RunAsync();
        Assert.Empty(await disk.Host.ErrorsAsync("T"));
        Assert.Equal("succeeded", (await disk.Host.LastRunAsync("T")).Outcome);
        await disk.RunAsync();
        Assert.Empty(disk.Platform.Documents);
    }

    [Fact]
    public async Task What_cannot_be_listed_is_reported_and_nothing_below_it_is_deleted()
    {
        await using var disk = await Disk.StartAsync(options => options.DirectoryDepthMax = 2);
        disk.Write("a/b/c.txt");
        disk.Write("a/x.txt");
        await disk.RunAsync();
        Directory.CreateDirectory(disk.PathOf("a/b/deeper"));
        await disk.RunAsync();
        var error = Assert.Single(await disk.Host.ErrorsAsync("T"));
        Assert.Equal(("list", "Unreadable"), (error.Stage, error.Code));
        Assert.Equal(2, disk.Platform.Documents.Count);
        Directory.Delete(disk.PathOf("a/b/deeper"));
        await disk.RunAsync();
        Assert.Empty(await disk.Host.ErrorsAsync("T"));
    }

    [Fact]
    public async Task A_large_file_is_announced_without_its_content()
    {
        await using var disk = await Disk.StartAsync(fileBytesMax: 10);
        File.WriteAllText(disk.PathOf("large.txt"), "eleven bytes");
        await disk.RunAsync();
        Assert.Single(disk.Platform.Documents);
        Assert.Empty(disk.Platform.Files);
        Assert.Equal("TooLarge", Assert.Single(await disk.Host.ErrorsAsync("T")).Code);
        await disk.RunAsync();
        Assert.Single(disk.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task One_file_can_be_sent_again_by_its_identifier_and_nothing_outside_the_root()
    {
        await using var disk = await Disk.StartAsync();
        disk.Write("dir/ä b.txt");
        await disk.RunAsync();
        var identifier = disk.Platform.SentIdentifiers()[0];
        await disk.Host.PostAsync("update/" + Uri.EscapeDataString(identifier), ("access_token", "T"));
        await Eventually.TrueAsync(() => disk.Platform.SentIdentifiers().Count == 2);
        var escape = identifier.Replace("/dir/ä b.txt", "/../../etc/passwd", StringComparison.Ordinal);
        await disk.Host.PostAsync("update/" + Uri.EscapeDataString(escape), ("access_token", "T"));
        await Eventually.TrueAsync(async () => (await disk.Host.ErrorsAsync("T")).Count == 1);
        Assert.Equal(2, disk.Platform.SentIdentifiers().Count);
    }

    [Fact]
    public async Task The_cursor_of_the_2014_provider_is_accepted()
    {
        await using var disk = await Disk.StartAsync(cursor: """{"/a.txt":1396000000000}""");
        disk.Write("a.txt");
        await disk.RunAsync();
        Assert.Single(disk.Platform.Documents);
    }
}

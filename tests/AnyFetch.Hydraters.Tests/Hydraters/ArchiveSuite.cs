using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Archive;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>Archives of every format and their members, in process and over HTTP (hydration.md §8).</summary>
public abstract class ArchiveSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task The_files_of_a_zip_become_documents_with_their_paths_and_dates()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync("/old/box.zip", ArchiveSample.Zip(("a.txt", "pears"u8.ToArray()), ("photos/b.jpg", [1, 2, 3]), ("empty/", [])));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Equal("application/zip", (string?)sent["data"]!["content_type"]);
        Assert.Equal("a.txt\nphotos/b.jpg", (string?)sent["metadata"]!["text"]);
        Assert.Equal(2, (int)sent["metadata"]!["filesCount"]!);
        Assert.Equal("""["rig/old/box.zip/a.txt","rig/old/box.zip/photos/b.jpg"]""", sent["data"]!["children"]!.ToJsonString());
        Assert.Null(sent["data"]!["truncated"]);

        var photo = core.Find("rig/old/box.zip/photos/b.jpg")!;
        Assert.Equal([1, 2, 3], photo.File!);
        Assert.Equal("/old/box.zip/photos/b.jpg", (string?)photo.Metadata["path"]);
        Assert.Equal("2009-06-07T08:10:12.000Z", (string?)photo.Fields["modification_date"]);
        Assert.Equal("""["rig/old/box.zip"]""", photo.Fields["related"]!.ToJsonString());
        Assert.Equal("file", (string?)photo.Fields["document_type"]);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7, false)]
    [InlineData(TarEntryFormat.Ustar, true)]
    [InlineData(TarEntryFormat.Gnu, false)]
    [InlineData(TarEntryFormat.Pax, true)]
    public async Task Every_kind_of_tar_is_read_with_gzip_or_without(TarEntryFormat format, bool isGzipped)
    {
        var core = await Rig.CoreAsync();
        var longName = format is TarEntryFormat.Gnu or TarEntryFormat.Pax ? string.Join('/', Enumerable.Repeat("folder", 40)) + "/é.txt" : "d/a.txt";
        var tar = ArchiveSample.Tar(format, (longName, "first"), ("b.txt", new string('b', 1024)), ("c.txt", ""));
        var sent = await HydrateAsync("/x.tar" + (isGzipped ? ".gz" : ""), isGzipped ? ArchiveSample.Gzip(tar) : tar);
        Assert.Null(Error(sent));
        var parent = "rig/x.tar" + (isGzipped ? ".gz/" : "/");
        Assert.Equal("first"u8.ToArray(), core.Find(parent + longName)!.File!);
        Assert.Equal(1024, core.Find(parent + "b.txt")!.File!.Length);
        Assert.Empty(core.Find(parent + "c.txt")!.File!);
        Assert.StartsWith("2009-06-07T08:10:12", (string?)core.Find(parent + "b.txt")!.Fields["modification_date"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_file_behind_gzip_loses_the_ending()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("/r/report.csv.gz", ArchiveSample.Gzip("a;b"u8.ToArray()));
        Assert.Equal("/r/report.csv.gz/report.csv", (string?)core.Find("rig/r/report.csv.gz/report.csv")!.Metadata["path"]);
        Assert.Equal("a;b"u8.ToArray(), core.Documents.Single().File!);
    }

    [Fact]
    public async Task Paths_never_lead_out_of_the_archive()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("/x.zip", ArchiveSample.Zip(
            ("../../etc/passwd", [1]), ("/abs/a", [2]), (@"C:\Temp\..\b", [3]), ("c/./\u0007d", [4]), ("..", [5])));
        Assert.Equal(
            ["rig/x.zip/Temp/b", "rig/x.zip/abs/a", "rig/x.zip/c/d", "rig/x.zip/etc/passwd"], Identifiers(core));
    }

    [Fact]
    public async Task Links_devices_and_folders_are_left_out()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("/x.tar", ArchiveSample.TarWithLinks());
        Assert.Equal(["rig/x.tar/d/a.txt"], Identifiers(core));
        Assert.Equal(0, (int)(await HydrateAsync("/y.zip", ArchiveSample.ZipOfLinks(("a", "/etc/passwd"u8.ToArray()))))["metadata"]!["filesCount"]!);
    }

    [Fact]
    public async Task Names_of_other_times_and_places_are_read()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("/dos.zip", ArchiveSample.DosZip(("résumé señor.txt", [1]), ("Übersicht.txt", [2])));
        Assert.Equal(["rig/dos.zip/résumé señor.txt", "rig/dos.zip/Übersicht.txt"], Identifiers(core));
        await HydrateAsync("/utf8.zip", ArchiveSample.Zip(("日本語.txt", [1]), ("é.txt", [1])));
        Assert.NotNull(core.Find("rig/utf8.zip/日本語.txt"));
        Assert.NotNull(core.Find("rig/utf8.zip/é.txt"));
        await HydrateAsync("/told.zip", ArchiveSample.Zip(("budget £100.txt", [1]), (new string('é', 40) + ".txt", [2])));
        Assert.NotNull(core.Find("rig/told.zip/budget £100.txt"));
        Assert.NotNull(core.Find($"rig/told.zip/{new string('é', 40)}.txt"));
    }

    [Fact]
    public async Task A_member_behind_a_password_is_listed_and_left_out()
    {
        var core = await Rig.CoreAsync();
        var zip = ArchiveSample.Zip(("open.txt", [1]), ("secret <1>.txt", [2]));
        var sent = await HydrateAsync("/x.zip", ArchiveSample.Encrypt(zip, 1));
        Assert.Equal(["rig/x.zip/open.txt"], Identifiers(core));
        Assert.Contains("secret &lt;1&gt;.txt (protected by a password)", (string?)sent["data"]!["html"], StringComparison.Ordinal);
        Assert.True((bool)sent["data"]!["truncated"]!);
        Assert.Equal(
            "HydrationError: No file in the archive can be read: protected by a password.",
            Error(await HydrateAsync("/y.zip", ArchiveSample.Encrypt(ArchiveSample.Zip(("a", [1])), 0))));
    }

    [Fact]
    public async Task Two_members_of_one_name_are_two_documents_and_a_second_run_meets_them()
    {
        var core = await Rig.CoreAsync();
        var zip = ArchiveSample.Zip(("a.txt", [1]), ("a.txt", [2]), ("b.txt", [3]));
        var document = TaskDocument.File("/x.zip");
        var first = await HydrateAsync(document, zip);
        Assert.Equal(["rig/x.zip/a.txt", "rig/x.zip/a.txt (2)", "rig/x.zip/b.txt"], Identifiers(core));
        document["data"] = first["data"]!.DeepClone();
        Assert.Equal(first["data"]!.ToJsonString(), (await HydrateAsync(document, zip))["data"]!.ToJsonString());
        Assert.Equal(3, core.Documents.Count);

        await HydrateAsync(document, ArchiveSample.Zip(("b.txt", [3])));
        Assert.Equal(["rig/x.zip/b.txt"], Identifiers(core));
    }

    [Fact]
    public async Task Junk_is_left_in_the_archive()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("/x.zip", ArchiveSample.Zip(("__MACOSX/._a.txt", [1]), ("a/.DS_Store", [1]), ("a/b.txt", [1])));
        Assert.Equal(["rig/x.zip/a/b.txt"], Identifiers(core));
    }

    [Fact]
    public async Task What_is_junk_is_the_servers_or_the_companys_word()
    {
        var core = await Rig.CoreAsync();
        var zip = ArchiveSample.Zip(("a.log", [1]), ("b.txt", [1]), ("c.iso", [1]));
        var hydrater = new ArchiveHydrater(new ArchiveHydraterOptions(), new JunkNames(["*.txt"], null));
        await Rig.RunAsync(hydrater, TaskDocument.File("/x.zip"), zip);
        Assert.Equal(["rig/x.zip/a.log", "rig/x.zip/c.iso"], Identifiers(core));

        var document = TaskDocument.File("/y.zip");
        document["company"] = new JsonObject { ["junk_names"] = new JsonArray("*.iso") };
        await Rig.RunAsync(hydrater, document, zip);
        Assert.Equal(["rig/x.zip/a.log", "rig/x.zip/c.iso", "rig/y.zip/a.log", "rig/y.zip/b.txt"], Identifiers(core));
    }

    [Fact]
    public async Task A_bomb_is_a_permanent_error_and_nothing_is_made_of_it()
    {
        var core = await Rig.CoreAsync();
        var bomb = ArchiveSample.ZipBomb(20_000_000);
        foreach (var (name, file) in new[]
        {
            ("/x.zip", bomb), ("/x.gz", ArchiveSample.Gzip(new byte[20_000_000])),
            ("/x.tgz", ArchiveSample.Gzip(ArchiveSample.Tar(TarEntryFormat.Ustar, ("a", "a"), ("z", new string('\0', 20_000_000))))),
        })
        {
            Assert.StartsWith("HydrationError: The archive expands to more than", Error(await HydrateAsync(name, file)), StringComparison.Ordinal);
        }

        Assert.Empty(core.Documents);
        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    [Fact]
    public async Task More_files_than_a_document_may_have_children_are_a_permanent_error()
    {
        var core = await Rig.CoreAsync();
        var zip = ArchiveSample.Zip([.. Enumerable.Range(0, 1001).Select(i => ($"{i}.txt", Array.Empty<byte>()))]);
        Assert.Equal("HydrationError: The archive holds more than 1,000 files.", Error(await HydrateAsync("/x.zip", zip)));
        Assert.Empty(core.Documents);
    }

    [Fact]
    public async Task Archives_in_an_archive_share_what_is_left()
    {
        var core = await Rig.CoreAsync();
        var inner = ArchiveSample.Zip(("a", [1]), ("b", [2]), ("c", [3]));
        var options = new ArchiveHydraterOptions { NestedFilesMax = 4 };
        await HydrateAsync(TaskDocument.File("/x.zip"), ArchiveSample.Zip(("1.zip", inner), ("2.zip", inner)), options);
        var nested = core.Find("rig/x.zip/1.zip")!;
        Assert.Equal("""{"bytes":500000000,"files":2}""", nested.Data["archive"]!.ToJsonString());
        Assert.Equal(1, (int)nested.Data["nesting"]!);
        var document = (JsonObject)nested.Fields.DeepClone();
        Assert.Equal("HydrationError: The archive holds more than 2 files.", Error(await HydrateAsync(document, inner, options)));
        document["data"]!["nesting"] = 5;
        Assert.Equal(
            "HydrationError: The archive is nested deeper than 5 levels.", Error(await HydrateAsync(document, inner, options)));
    }

    [Fact]
    public async Task What_is_no_archive_is_a_permanent_error()
    {
        await Rig.CoreAsync();
        Assert.Equal("HydrationError: The file is not an archive.", Error(await HydrateAsync("/x.zip", "hello"u8.ToArray())));
        Assert.Equal("HydrationError: The file is not an archive.", Error(await HydrateAsync("/x.zip", ZipSample.Docx(""))));
        Assert.Equal("HydrationError: The archive is damaged.", Error(await HydrateAsync("/x.zip", ArchiveSample.Zip(("a", [1]))[..30])));
    }

    [Fact]
    public async Task Damaged_archives_end_in_success_or_a_permanent_error()
    {
        await Rig.CoreAsync();
        var tar = ArchiveSample.Tar(TarEntryFormat.Pax, ("a.txt", "first"), (new string('é', 120), "second"));
        (string Name, byte[] Sample)[] samples =
        [
            ("/x.zip", ArchiveSample.Zip(("a.txt", Encoding.UTF8.GetBytes(new string('x', 500))), ("b/é.txt", [1, 2, 3]))),
            ("/x.tar", tar), ("/x.tgz", ArchiveSample.Gzip(tar)), ("/x.gz", ArchiveSample.Gzip([1, 2, 3])),
        ];
        foreach (var (name, sample) in samples)
        {
            foreach (var damaged in Damage.Of(sample, DamagedFiles))
            {
                var sent = await HydrateAsync(name, damaged);
                Assert.True(Error(sent)?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    [Fact]
    public async Task Without_a_token_the_list_is_all_there_is()
    {
        var document = TaskDocument.File("/x.zip");
        document["access_token"] = "";
        var sent = await HydrateAsync(document, ArchiveSample.Zip(("a.txt", [1])));
        Assert.Equal("a.txt", (string?)sent["metadata"]!["text"]);
        Assert.Null(sent["data"]!["children"]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    /// <summary>Damaged files a format: one server a file makes them dear over HTTP.</summary>
    protected virtual int DamagedFiles => 2;

    private Task<JsonNode> HydrateAsync(string path, byte[] file) => HydrateAsync(TaskDocument.File(path), file);

    private async Task<JsonNode> HydrateAsync(JsonObject document, byte[] file, ArchiveHydraterOptions? options = null) =>
        (await Rig.RunAsync(new ArchiveHydrater(options ?? new ArchiveHydraterOptions()), document, file))!;

    /// <summary>Those that are sent together arrive in any order.</summary>
    private static IEnumerable<string> Identifiers(FakeCore core) =>
        core.Documents.Select(d => d.Identifier).Order(StringComparer.Ordinal);

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class ArchiveInProcessTests : ArchiveSuite
{
    protected override int DamagedFiles => 40;

    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class ArchiveHttpTests : ArchiveSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

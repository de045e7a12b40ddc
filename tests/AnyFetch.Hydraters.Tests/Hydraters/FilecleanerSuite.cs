using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydraters.Filecleaner;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §15, in process and over HTTP.</summary>
public abstract class FilecleanerSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Theory]
    [InlineData("/a/build.log")]
    [InlineData("/a/BUILD.LOG")]
    [InlineData("build.lock")]
    [InlineData("/a/~$plan.docx")]
    [InlineData("/a/.~lock.plan.odt#")]
    [InlineData("/a/._photo.jpg")]
    [InlineData("/.DS_Store")]
    [InlineData("/a/Thumbs.db")]
    [InlineData("/a/node_modules/x/readme.md")]
    [InlineData("/.git/config")]
    [InlineData("/$RECYCLE.BIN/x.txt")]
    [InlineData("C:\\temp\\x.tmp")]
    public async Task Junk_is_deleted_by_its_identifier(string path)
    {
        Assert.True(Matches(path));
        Assert.Null(await RunAsync(path));
        Assert.Equal(["rig" + path], Rig.Deleted);
    }

    [Theory]
    [InlineData("/a/logbook.txt")]
    [InlineData("/a/log")]
    [InlineData("/a/build.log.txt")]
    [InlineData("/a/git/x.txt")]
    [InlineData("/a/plan~$.docx")]
    [InlineData("/catalog")]
    [InlineData("/a.log/x.txt")]
    public async Task Everything_else_is_kept(string path)
    {
        Assert.False(Matches(path));
        Assert.Equal("{}", (await RunAsync(path))!.ToJsonString());
        Assert.Empty(Rig.Deleted);
    }

    [Fact]
    public async Task A_companys_own_names_stand_instead_of_the_servers()
    {
        var document = TaskDocument.File("/a/build.log");
        document["company"] = JsonNode.Parse("""{"junk_names":["*.iso"]}""");
        Assert.Equal("{}", (await Rig.RunAsync(Hydrater(), document, null))!.ToJsonString());
        Assert.Empty(Rig.Deleted);

        var filters = Hydrater().Descriptor.CompanyFilters(new CompanySettings { JunkNames = ["*.iso"] })!;
        bool IsTaken(string path) => filters.Any(f => f.Matches(View("file", JsonSerializer.Serialize(new { path }))));
        Assert.True(IsTaken("/a/DISK.ISO"));
        Assert.True(IsTaken("/.git/config"));
        Assert.False(IsTaken("/a/build.log"));
        Assert.Null(Hydrater().Descriptor.CompanyFilters(new CompanySettings { OcrLanguages = ["deu"] }));
        Assert.Empty(Hydrater().Descriptor.CompanyFilters(new CompanySettings { JunkNames = [], JunkFolders = [] })!);
    }

    [Theory]
    [InlineData("""{"junk_names":"*.iso"}""")]
    [InlineData("""{"junk_names":["*"]}""")]
    [InlineData("""["*.iso"]""")]
    public async Task What_makes_no_sense_counts_as_unsaid(string company)
    {
        var document = TaskDocument.File("/a/build.log");
        document["company"] = JsonNode.Parse(company);
        Assert.Null(await Rig.RunAsync(Hydrater(), document, null));
        Assert.Equal(["rig/a/build.log"], Rig.Deleted);
    }

    [Fact]
    public void Without_a_path_or_with_another_type_nothing_matches()
    {
        Assert.False(Matches(View("file", "{}")));
        Assert.False(Matches(View("email", """{"path":"/a.log"}""")));
        Assert.True(Matches(View("file", """{"path":"/a.log"}""")));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static FilecleanerHydrater Hydrater() => new(new FilecleanerHydraterOptions());

    private static bool Matches(string path) => Matches(View("file", JsonSerializer.Serialize(new { path })));

    private static bool Matches(JsonElement view) => Hydrater().Descriptor.Filters.Any(filter => filter.Matches(view));

    private static JsonElement View(string type, string metadata) =>
        JsonDocument.Parse($$"""{"documentType":{"name":"{{type}}"},"metadata":{{metadata}}}""").RootElement;

    private Task<JsonNode?> RunAsync(string path) => Rig.RunAsync(Hydrater(), TaskDocument.File(path), null);
}

public sealed class FilecleanerInProcessTests : FilecleanerSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class FilecleanerHttpTests : FilecleanerSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>An archive from a provider to what a search finds in it, on a real server with the built-in hydraters.</summary>
public sealed class ArchiveHydrationTests(HydrationFixture fixture) : HydrationTest(fixture)
{
    [Fact]
    public async Task What_is_in_an_archive_in_an_archive_is_found_and_seen_by_those_who_see_the_archive()
    {
        var inner = Zip(("deep/letter.txt", Bytes("the bandersnatch sleeps in the deepest of all the folders")));
        await UploadAsync("box.zip", Zip(("notes.md", Bytes("# Zymurgy\n\nA chapter about brewing, for everybody")), ("inner.zip", inner)));
        await FoundAsync("zymurgy", "box.zip/notes.md");
        await FoundAsync("bandersnatch", "box.zip/inner.zip/deep/letter.txt");

        var box = await HydratedAsync("box.zip", "archive");
        Assert.Equal("archive", Names(box).First());
        Assert.DoesNotContain("plaintext", Names(box));
        Assert.Equal(2, box.Data!.Value.GetProperty("children").GetArrayLength());
        var letter = await HydratedAsync("box.zip/inner.zip/deep/letter.txt", "plaintext");
        Assert.Equal([Admin.Id.ToString()], letter.UserAccess!);
        Assert.Equal(2, letter.Data!.Value.GetProperty("nesting").GetInt32());
        Assert.Equal("/box.zip/inner.zip/deep/letter.txt", letter.Metadata!.Value.GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_new_version_of_an_archive_changes_its_files_and_takes_those_that_it_lacks_away()
    {
        await UploadAsync("box.zip", Zip(("one.txt", Bytes("the first version")), ("two.txt", Bytes("the second file"))));
        await HydratedAsync("box.zip/two.txt", "plaintext");
        await HydratedAsync("box.zip", "archive");
        await UploadAsync("box.zip", Zip(("one.txt", Bytes("the jabberwocky version"))));
        await FoundAsync("jabberwocky", "box.zip/one.txt");
        await Eventually.TrueAsync(async () => await FindAsync("box.zip/two.txt") is null, what: "the file that is not there any more is gone");
    }

    [Fact]
    public async Task Who_may_not_see_an_archive_any_more_does_not_see_what_is_in_it_either()
    {
        var inner = Zip(("deep/letter.txt", Bytes("the slithy borogove letter")));
        await UploadAsync("shared.zip", Zip(("notes.md", Bytes("# A mimsy chapter")), ("inner.zip", inner)), isOpen: true);
        Assert.Null((await HydratedAsync("shared.zip/inner.zip/deep/letter.txt", "plaintext")).UserAccess);
        await HydratedAsync("shared.zip", "archive");

        await Api.Documents.PatchAsync(
            DocumentRef.ByIdentifier("shared.zip"), new DocumentDraft { UserAccess = [Admin.Id.ToString()] }, default);

        foreach (var name in (string[])["shared.zip/notes.md", "shared.zip/inner.zip", "shared.zip/inner.zip/deep/letter.txt"])
        {
            await Eventually.TrueAsync(
                async () => (await FindAsync(name))?.UserAccess is [var only] && only == Admin.Id.ToString(),
                what: $"only one user sees {name}");
        }
    }

    [Fact]
    public async Task What_is_in_an_archive_moves_with_it_and_a_new_version_leaves_nothing_behind()
    {
        var inner = Zip(("deep/letter.txt", Bytes("the gyre and gimble letter")));
        await UploadAsync("old.zip", Zip(("one.txt", Bytes("the outgrabe file")), ("inner.zip", inner)));
        await HydratedAsync("old.zip/inner.zip/deep/letter.txt", "plaintext");
        await HydratedAsync("old.zip/inner.zip", "archive");
        await HydratedAsync("old.zip", "archive");

        await Api.Documents.PatchAsync(
            DocumentRef.ByIdentifier("old.zip"),
            new DocumentDraft { Identifier = "new.zip", Metadata = new JsonObject { ["path"] = "/far/new.zip" } },
            default);

        await Eventually.TrueAsync(
            async () => await FindAsync("new.zip/inner.zip/deep/letter.txt") is { } letter
                && letter.Metadata!.Value.GetProperty("path").GetString() == "/far/new.zip/inner.zip/deep/letter.txt"
                && await FindAsync("new.zip/inner.zip") is { } box
                && letter.Related!.Value.GetRawText().Contains(box.Id, StringComparison.Ordinal),
            what: "what is in the archive in the archive moved");
        Assert.Null(await FindAsync("old.zip/one.txt"));

        await UploadAsync("new.zip", Zip(("two.txt", Bytes("the momerath file"))));
        await FoundAsync("momerath", "new.zip/two.txt");
        foreach (var name in (string[])["new.zip/one.txt", "new.zip/inner.zip", "new.zip/inner.zip/deep/letter.txt"])
        {
            await Eventually.TrueAsync(async () => await FindAsync(name) is null, what: $"{name} is gone");
        }
    }

    [Fact]
    public async Task What_is_in_an_archive_goes_with_it()
    {
        var inner = Zip(("deep/letter.txt", Bytes("the tulgey wood letter")));
        await UploadAsync("gone.zip", Zip(("notes.md", Bytes("# A frumious chapter")), ("inner.zip", inner)));
        await HydratedAsync("gone.zip/inner.zip/deep/letter.txt", "plaintext");
        await HydratedAsync("gone.zip/inner.zip", "archive");
        await HydratedAsync("gone.zip", "archive");

        await Api.Documents.DeleteAsync(DocumentRef.ByIdentifier("gone.zip"), default);

        foreach (var name in (string[])["gone.zip/notes.md", "gone.zip/inner.zip", "gone.zip/inner.zip/deep/letter.txt"])
        {
            await Eventually.TrueAsync(async () => await FindAsync(name) is null, what: $"{name} is gone");
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return buffer.ToArray();
    }
}

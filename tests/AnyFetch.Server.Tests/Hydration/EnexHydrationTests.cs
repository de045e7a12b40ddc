using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>An export of notes from a provider to what a search finds in it, on a real server with the built-in hydraters.</summary>
public sealed class EnexHydrationTests(HydrationFixture fixture) : HydrationTest(fixture)
{
    private const string First = "20200101T000000Z";
    private const string Second = "20200102T000000Z";

    [Fact]
    public async Task Notes_and_their_attachments_are_found_change_with_the_export_and_go_with_it()
    {
        await UploadAsync("notes.enex", EnexSample.Export(
            EnexSample.Note("Beds", "The <b>rutabaga</b> grows<script>quagga()</script>.", First),
            EnexSample.Note("Trip", "Packing.", Second, EnexSample.Tag("travel") + EnexSample.Resource(
                "A cassowary on the beach."u8.ToArray(), "text/plain", "birds.txt"))));
        await FoundAsync("rutabaga", $"notes.enex/{First}");
        await FoundAsync("cassowary", $"notes.enex/{Second}/birds.txt");
        await FoundAsync("travel", $"notes.enex/{Second}");
        var note = (await FindAsync($"notes.enex/{First}"))!;
        Assert.Equal("note", note.DocumentType!.Name);
        Assert.Equal([Admin.Id.ToString()], note.UserAccess!);
        Assert.DoesNotContain("quagga", note.Data!.Value.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("enex", Names(await HydratedAsync("notes.enex", "enex")).First());

        await UploadAsync("notes.enex", EnexSample.Export(EnexSample.Note("Beds", "The kohlrabi grows.", First)));
        await FoundAsync("kohlrabi", $"notes.enex/{First}");
        await Eventually.TrueAsync(
            async () => await FindAsync($"notes.enex/{Second}") is null && await FindAsync($"notes.enex/{Second}/birds.txt") is null,
            TimeSpan.FromSeconds(60),
            "the note that is not there any more is gone with its attachment");
    }

    [Fact]
    public async Task An_export_is_told_by_its_content_when_its_name_does_not_say_so()
    {
        await UploadAsync("backup", EnexSample.Export(EnexSample.Note("Beds", "The salsify grows.", First)));
        await FoundAsync("salsify", $"backup/{First}");
        await HydratedAsync("backup", "enex");
    }
}

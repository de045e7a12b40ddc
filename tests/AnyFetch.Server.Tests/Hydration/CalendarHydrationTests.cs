using System.Net;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>A calendar from a provider to the events that a search finds, on a real server with the built-in hydraters.</summary>
public sealed class CalendarHydrationTests(HydrationFixture fixture) : IClassFixture<HydrationFixture>
{
    [Fact]
    public async Task Hydrater_check_8_a_calendar_becomes_its_events_and_its_file_is_gone()
    {
        var admin = await fixture.Server.AddCompanyAsync(Guid.NewGuid().ToString("n") + "@example.org");
        var (_, secret) = await fixture.Server.AddTokenAsync(admin);
        var api = fixture.Server.ClientOf(secret);
        await api.Documents.SendAsync(
            new DocumentDraft
            {
                Identifier = "c.ics",
                Metadata = new System.Text.Json.Nodes.JsonObject { ["path"] = "/c.ics" },
                UserAccess = [admin.Id.ToString()],
            },
            default);
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(
            folder.File("c.ics"),
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Zymurgy class\nDTSTART;TZID=Europe/Paris:20260301T100000\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:b\nSUMMARY:Quixotic walk\nDTSTART;VALUE=DATE:20260302\nEND:VEVENT\nEND:VCALENDAR\n");
        await api.Documents.UploadFileAsync(
            DocumentRef.ByIdentifier("c.ics"), DocumentFile.FromPath(folder.File("c.ics")), default);

        var lesson = await EventAsync(api, "c.ics - YQ==");
        Assert.Equal("event", lesson.DocumentType!.Name);
        Assert.Equal("event", lesson.HydratedBy![0].ShortName);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), lesson.ModificationDate);
        Assert.Equal([admin.Id.ToString()], lesson.UserAccess!);
        var walk = await EventAsync(api, "c.ics - Yg==");
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), walk.ModificationDate);
        await Eventually.TrueAsync(
            async () => (await api.Documents.SearchAsync(new DocumentSearch { Search = "zymurgy" }, default)).Count == 1,
            what: "the event is found");
        await Eventually.TrueAsync(async () => await FindAsync(api, "c.ics") is null, what: "the file's document is gone");
    }

    private static async Task<Client.Document> EventAsync(AnyFetchClient api, string identifier)
    {
        Client.Document? found = null;
        await Eventually.TrueAsync(
            async () => (found = await FindAsync(api, identifier)) is { Hydrating.Count: 0, HydratedBy.Count: > 0 },
            what: identifier);
        return found!;
    }

    private static async Task<Client.Document?> FindAsync(AnyFetchClient api, string identifier)
    {
        try
        {
            return await api.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

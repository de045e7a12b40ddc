using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Ics;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §12, in process and over HTTP.</summary>
public abstract class IcsSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task Three_events_are_posted_and_the_file_deleted_without_a_callback()
    {
        var core = await Rig.CoreAsync();
        core.Put(TaskDocument.File("/c.ics"));
        Assert.Null(await HydrateAsync(Calendar(Event("UID:a"), Event("UID:b"), Event("UID:u1@example.test"))));
        Assert.Equal(3, core.Documents.Count(d => (string?)d.Fields["document_type"] == "event"));
        Assert.NotNull(core.Find("rig/c.ics - dTFAZXhhbXBsZS50ZXN0"));
        Assert.Contains("rig/c.ics", Rig.Deleted.Concat(core.Deleted));
    }

    [Fact]
    public async Task An_event_has_the_fields_of_the_table()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Calendar(Event(
            "UID:a", "SUMMARY:Budget <2>", "DTSTART;TZID=Europe/Paris:20260301T100000", "DTEND:20260301T110000Z", "LOCATION:Room 4",
            "GEO:48.85;2.35", "RRULE:FREQ=DAILY", "STATUS:CONFIRMED", "DESCRIPTION:Bring pears",
            "ORGANIZER;CN=Ana:mailto:ana@example.test", "ATTENDEE;CN=Bo:mailto:bo@example.test")));
        var sent = core.Documents.Single();
        Assert.Equal("event", (string?)sent.Fields["document_type"]);
        Assert.Equal(
            """{"name":"Budget &lt;2&gt;","startDate":"2026-03-01T09:00:00.000Z","endDate":"2026-03-01T11:00:00.000Z","timezone":"Europe/Paris","recurrence":"FREQ=DAILY","description":"Bring pears","location":"Room 4","geolocation":"48.85;2.35","status":"CONFIRMED","organizer":{"name":"Ana","mail":"ana@example.test"},"attendee":[{"name":"Bo","mail":"bo@example.test"},{"name":"Ana","mail":"ana@example.test"}]}""",
            sent.Metadata.ToJsonString(Readable));
        Assert.Equal("""["rig/c.ics"]""", sent.Fields["related"]!.ToJsonString());
    }

    [Fact]
    public async Task An_organizer_who_attends_is_listed_once()
    {
        var metadata = await OneAsync(
            "UID:a", "ORGANIZER;CN=Ana:mailto:ANA@example.test", "ATTENDEE:mailto:ana@example.test", "ATTENDEE;CN=Ana:urn:x");
        Assert.Equal("""[{"name":"Ana","mail":"ana@example.test"}]""", metadata["attendee"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_a_uid_the_key_is_made_of_what_there_is()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Calendar(Event("SUMMARY:Stand-up"), Event("SUMMARY:A", "DTSTART:20260301", "DTEND:20260302")));
        Assert.NotNull(core.Find("rig/c.ics - " + Convert.ToBase64String(Encoding.UTF8.GetBytes("VEVENT-Stand-up"))));
        Assert.NotNull(core.Find("rig/c.ics - " + Convert.ToBase64String(Encoding.UTF8.GetBytes("VEVENT-A-20260301-20260302"))));
    }

    [Fact]
    public async Task An_event_of_whole_days_keeps_its_dates()
    {
        var metadata = await OneAsync("UID:a", "DTSTART;VALUE=DATE:20260301", "DTEND;VALUE=DATE:20260303");
        Assert.Equal("""{"startDate":"2026-03-01","endDate":"2026-03-03","allDay":true,"attendee":[]}""", metadata.ToJsonString());
    }

    [Fact]
    public async Task An_override_is_a_document_beside_its_series()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Calendar(Event("UID:a", "RRULE:FREQ=DAILY"), Event("UID:a", "RECURRENCE-ID:20260302T090000Z")));
        Assert.NotNull(core.Find("rig/c.ics - " + Convert.ToBase64String("a/20260302T090000Z"u8)));
        Assert.Equal(2, core.Documents.Count);
    }

    [Fact]
    public async Task A_cancelled_event_is_deleted()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Calendar(Event("UID:a"), Event("UID:b")));
        await HydrateAsync(Calendar(Event("UID:a", "STATUS:CANCELLED", "SEQUENCE:1"), Event("UID:b"), Event("UID:c", "STATUS:CANCELLED")));
        Assert.Equal(["rig/c.ics - " + Convert.ToBase64String("b"u8)], core.Documents.Select(d => d.Identifier));
    }

    [Fact]
    public async Task The_calendar_services_lines_leave_the_description()
    {
        const string Frame = "-::~:~::~:~:~:~:~:~:~::~:~::-";
        var metadata = await OneAsync("UID:a",
            $"DESCRIPTION:Bring pears\\n\\n{Frame}\\nPlease do not edit this section of the description.\\n\\n"
            + $"View your event at https://calendar.example.test/event?x=1.\\n{Frame}");
        Assert.Equal("Bring pears", (string?)metadata["description"]);
        Assert.False((await OneAsync("UID:a", "DESCRIPTION:View your event at https://x.test/.")).ContainsKey("description"));
        Assert.Equal("a\nb", (string?)(await OneAsync("UID:a", "DESCRIPTION:<p>a</p><p>b</p>"))["description"]);
    }

    [Fact]
    public async Task A_refused_event_is_an_error_and_the_file_stays()
    {
        var core = await Rig.CoreAsync();
        core.RefuseWith = 500;
        var sent = await HydrateAsync(Calendar(Event("UID:a"), Event("UID:b")));
        Assert.True((bool?)sent!["hydration_errored"]);
        core.RefuseWith = null;
        Assert.DoesNotContain("rig/c.ics", Rig.Deleted.Concat(core.Deleted));
    }

    [Theory]
    [InlineData("Dear all, the meeting is on Monday.")]
    [InlineData("")]
    [InlineData("BEGIN:VCARD\nFN:Ana\nEND:VCARD")]
    public async Task A_file_without_a_calendar_is_a_permanent_error_and_stays(string text)
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(text);
        Assert.StartsWith("HydrationError:", (string?)sent!["hydration_error"], StringComparison.Ordinal);
        Assert.Empty(Rig.Deleted.Concat(core.Deleted));
    }

    [Fact]
    public async Task A_calendar_without_events_is_deleted_unless_it_is_to_be_kept()
    {
        var core = await Rig.CoreAsync();
        core.Put(TaskDocument.File("/c.ics"));
        Assert.Equal("{}", (await HydrateAsync(Calendar(), new IcsHydraterOptions { KeepEmpty = true }))!.ToJsonString());
        Assert.Empty(Rig.Deleted.Concat(core.Deleted));
        Assert.Null(await HydrateAsync(Calendar()));
        Assert.Contains("rig/c.ics", Rig.Deleted.Concat(core.Deleted));
    }

    [Fact]
    public async Task More_than_a_thousand_events_are_a_permanent_error()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(Calendar([.. Enumerable.Range(0, 1_001).Select(i => Event($"UID:{i}"))]));
        Assert.StartsWith("HydrationError:", (string?)sent!["hydration_error"], StringComparison.Ordinal);
        Assert.Empty(core.Documents);
    }

    [Fact]
    public async Task Cut_and_mutated_calendars_end_in_success_or_one_permanent_error()
    {
        await Rig.CoreAsync();
        var whole = Encoding.UTF8.GetBytes(Calendar(Event("UID:a", "SUMMARY:\u0007A<b>", "DTSTART;TZID=X:20260301T090000")));
        var random = new Random(12);
        for (var i = 0; i < 10; i++)
        {
            var bytes = whole[..(whole.Length * (i + 1) / 10)];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var error = (string?)(await HydrateAsync(bytes, new IcsHydraterOptions()))?["hydration_error"];
            Assert.True(error is null || error.StartsWith("HydrationError:", StringComparison.Ordinal), error);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static System.Text.Json.JsonSerializerOptions Readable { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Event(params string[] lines) => $"BEGIN:VEVENT\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT\r\n";

    private static string Calendar(params string[] events) => $"BEGIN:VCALENDAR\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    private async Task<JsonObject> OneAsync(params string[] lines)
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync(Calendar(Event(lines)));
        return core.Find("rig/c.ics - " + Convert.ToBase64String("a"u8))!.Metadata;
    }

    private Task<JsonNode?> HydrateAsync(string text, IcsHydraterOptions? options = null) =>
        HydrateAsync(Encoding.UTF8.GetBytes(text), options ?? new IcsHydraterOptions());

    private Task<JsonNode?> HydrateAsync(byte[] file, IcsHydraterOptions options) =>
        Rig.RunAsync(new IcsHydrater(options), TaskDocument.File("/c.ics"), file);
}

public sealed class IcsInProcessTests : IcsSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class IcsHttpTests : IcsSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

using AnyFetch.Calendars;

namespace AnyFetch.Hydraters.Tests.Library.Calendars;

/// <summary>What RFC 5545 says, and what calendars of the real world do instead.</summary>
public sealed class CalendarReaderTests
{
    [Fact]
    public void An_event_is_read_with_all_its_parts()
    {
        var entry = One(
            "UID:u1@example.test", "DTSTART:20260301T090000Z", "DTEND:20260301T103000Z",
            "SUMMARY:Budget\\, part 2\\; final", "DESCRIPTION:first\\nsecond \\\\ third", "LOCATION:Room 4",
            "GEO:48.85;2.35", "STATUS:confirmed", "RRULE:FREQ=WEEKLY;COUNT=3", "SEQUENCE:2",
            "ORGANIZER;CN=\"Ruiz, Ana\":mailto:ana@example.test", "ATTENDEE;CN=Bo;ROLE=CHAIR:MAILTO:bo@example.test");
        Assert.Equal("u1@example.test", entry.Uid);
        Assert.Equal("Budget, part 2; final", entry.Summary);
        Assert.Equal("first\nsecond \\ third", entry.Description);
        Assert.Equal(("Room 4", 48.85, 2.35), (entry.Location, entry.Latitude, entry.Longitude));
        Assert.Equal("2026-03-01T09:00:00.000Z", entry.Start!.ToString());
        Assert.Equal("2026-03-01T10:30:00.000Z", entry.End!.ToString());
        Assert.Equal(("CONFIRMED", "FREQ=WEEKLY;COUNT=3", 2), (entry.Status, entry.Recurrence, entry.Sequence));
        Assert.Equal(new CalendarPerson("Ruiz, Ana", "ana@example.test"), entry.Organizer);
        Assert.Equal([new CalendarPerson("Bo", "bo@example.test")], entry.Attendees);
    }

    [Theory]
    [InlineData("SUMMARY:Sta\r\n nd-\r\n\tup", "Stand-up")]
    [InlineData("SUMMARY;LANGUAGE=en;X-A=\"a:b;c\":Stand-up", "Stand-up")]
    [InlineData("summary:Stand-up", "Stand-up")]
    [InlineData("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9 =\r\nnoir", "café noir")]
    [InlineData("SUMMARY;QUOTED-PRINTABLE:caf=C3=A9=0D=0Anoir", "café\r\nnoir")]
    [InlineData("SUMMARY;X=\"never closed:Stand-up", "Stand-up")]
    public void Folding_quoting_and_old_encodings_are_undone(string line, string expected) =>
        Assert.Equal(expected, One(line).Summary);

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260301", "2026-03-01")]
    [InlineData("DTSTART:20260301", "2026-03-01")]
    [InlineData("DTSTART:2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000Z")]
    [InlineData("DTSTART:20260301T240000Z", "2026-03-02T00:00:00.000Z")]
    [InlineData("DTSTART:20260301T235960Z", "2026-03-01T23:59:59.000Z")]
    [InlineData("DTSTART:20260301T0900Z", "2026-03-01T09:00:00.000Z")]
    [InlineData("DTSTART:20260301T090000", "2026-03-01T09:00:00.000Z")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260701T090000", "2026-07-01T07:00:00.000Z")]
    [InlineData("DTSTART;TZID=\"Europe/Paris\":20260301T090000", "2026-03-01T08:00:00.000Z")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20260701T090000", "2026-07-01T07:00:00.000Z")]
    [InlineData("DTSTART;TZID=/mozilla.org/20050126_1/America/Argentina/Buenos_Aires:20260701T090000", "2026-07-01T12:00:00.000Z")]
    [InlineData("DTSTART;TZID=Nowhere/Land:20260701T090000", "2026-07-01T09:00:00.000Z")]
    [InlineData("DTSTART;TZID=../../etc/passwd:20260701T090000", "2026-07-01T09:00:00.000Z")]
    [InlineData("DTSTART;TZID=Europe/Paris:00010101T000000", "0001-01-01T00:00:00.000Z")]
    public void Starts_are_days_or_instants_in_utc(string line, string expected) =>
        Assert.Equal(expected, One(line).Start!.ToString());

    [Theory]
    [InlineData("Romance Standard Time", "Europe/Paris")]
    [InlineData("Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/Europe/Paris", "Europe/Paris")]
    public void The_zone_of_a_time_is_kept_under_its_common_name(string zone, string expected) =>
        Assert.Equal(expected, One($"DTSTART;TZID={zone}:20260701T090000").Start!.TimeZone);

    [Fact]
    public void A_clock_that_jumps_gives_the_instants_that_the_standard_names()
    {
        Assert.Equal("2026-03-29T01:30:00.000Z", One("DTSTART;TZID=Europe/Paris:20260329T023000").Start!.ToString());
        Assert.Equal("2026-10-25T00:30:00.000Z", One("DTSTART;TZID=Europe/Paris:20261025T023000").Start!.ToString());
    }

    [Theory]
    [InlineData("20260701T090000", "2026-07-01T07:00:00.000Z")]
    [InlineData("20260301T090000", "2026-03-01T08:00:00.000Z")]
    [InlineData("20260329T015959", "2026-03-29T00:59:59.000Z")]
    [InlineData("20260329T023000", "2026-03-29T01:30:00.000Z")]
    [InlineData("20260329T030000", "2026-03-29T01:00:00.000Z")]
    [InlineData("20261025T023000", "2026-10-25T00:30:00.000Z")]
    [InlineData("20261025T030000", "2026-10-25T02:00:00.000Z")]
    [InlineData("19600101T090000", "1960-01-01T08:00:00.000Z")]
    public void A_zone_that_the_file_defines_is_followed(string start, string expected)
    {
        // The name is nobody's, so that only the definition can tell.
        string[] zone =
        [
            "BEGIN:VTIMEZONE", "TZID:Our Office",
            "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "END:VTIMEZONE",
        ];
        var entry = One([$"DTSTART;TZID=Our Office:{start}"], zone);
        Assert.Equal(expected, entry.Start!.ToString());
        Assert.Equal("Our Office", entry.Start.TimeZone);
    }

    [Theory]
    [InlineData("20260315T090000", "2026-03-15T13:00:00.000Z")]
    [InlineData("20260301T090000", "2026-03-01T14:00:00.000Z")]
    [InlineData("20261115T090000", "2026-11-15T14:00:00.000Z")]
    [InlineData("20060325T090000", "2006-03-25T14:00:00.000Z")]
    public void Rules_that_ended_and_rules_by_the_day_of_the_month_are_followed(string start, string expected)
    {
        string[] zone =
        [
            "BEGIN:VTIMEZONE", "TZID:East",
            "BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:20071104T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:19870405T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
            "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:19671029T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z", "END:STANDARD", "END:VTIMEZONE",
        ];
        Assert.Equal(expected, One([$"DTSTART;TZID=East:{start}"], zone).Start!.ToString());
    }

    [Theory]
    [InlineData("DTSTART:20260301T090000Z", "DURATION:PT1H30M", "2026-03-01T10:30:00.000Z")]
    [InlineData("DTSTART:20260301", "DURATION:P2D", "2026-03-03")]
    [InlineData("DTSTART:20260301", "DURATION:P1W", "2026-03-08")]
    [InlineData("DTSTART:20260301T090000Z", "DURATION:-PT15M", "2026-03-01T08:45:00.000Z")]
    [InlineData("DTSTART:20260301T090000Z", "DURATION:soon", null)]
    [InlineData("DTSTART:20260301T090000Z", "DURATION:P1", null)]
    [InlineData("DTSTART:20260301T090000Z", "DURATION:P99999999999999999999W", null)]
    public void A_duration_tells_the_end(string start, string duration, string? expected) =>
        Assert.Equal(expected, One(start, duration).End?.ToString());

    [Fact]
    public void The_calendars_own_zone_holds_for_times_without_one()
    {
        var calendar = CalendarReader.Read(
            "BEGIN:VCALENDAR\nX-WR-CALNAME:Team\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\nDTSTART:20260301T090000\nEND:VEVENT\nEND:VCALENDAR");
        Assert.Equal("Team", calendar!.Name);
        Assert.Equal("2026-03-01T00:00:00.000Z", calendar.Events.Single().Start!.ToString());
    }

    [Fact]
    public void Tasks_alarms_and_zones_are_no_events()
    {
        var calendar = Read(
            "BEGIN:VTODO", "SUMMARY:Buy bread", "DUE:20260302", "END:VTODO", "BEGIN:VEVENT", "SUMMARY:A",
            "BEGIN:VALARM", "DESCRIPTION:Ring", "SUMMARY:Alarm", "END:VALARM", "LOCATION:B", "END:VEVENT",
            "BEGIN:VJOURNAL", "SUMMARY:Diary", "END:VJOURNAL");
        var entry = Assert.Single(calendar!.Events);
        Assert.Equal(("A", "B", null), (entry.Summary, entry.Location, entry.Description));
        Assert.Equal(("Buy bread", "2026-03-02"), (calendar.Tasks.Single().Summary, calendar.Tasks.Single().End!.ToString()));
    }

    [Fact]
    public void An_event_inside_another_or_left_open_counts_as_its_own()
    {
        var nested = Read("BEGIN:VEVENT", "SUMMARY:A", "BEGIN:VEVENT", "SUMMARY:B", "END:VEVENT", "LOCATION:C", "END:VEVENT");
        Assert.Equal([("A", "C"), ("B", null)], nested!.Events.Select(e => (e.Summary, e.Location)));
        var open = CalendarReader.Read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\nBEGIN:VEVENT\r\nSUMMARY:B");
        Assert.Equal(["A", "B"], open!.Events.Select(e => e.Summary));
        var stray = Read("END:VEVENT", "BEGIN:VEVENT", "SUMMARY:A", "END:VALARM", "LOCATION:C", "END:VEVENT");
        Assert.Equal("C", stray!.Events.Single().Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear all, the meeting is on Monday.")]
    [InlineData("BEGIN:VCARD\nFN:Ana\nEND:VCARD")]
    [InlineData("BEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT")]
    public void Text_that_is_no_calendar_is_none(string text) => Assert.Null(CalendarReader.Read(text));

    [Theory]
    [InlineData("ATTENDEE;ROLE=OWNER:John Smith <john@example.test>", "John Smith", "john@example.test")]
    [InlineData("ATTENDEE;CN=ana@example.test:mailto:ana@example.test", null, "ana@example.test")]
    [InlineData("ATTENDEE;CN=Ana;EMAIL=ana@example.test:urn:uuid:1", "Ana", "ana@example.test")]
    [InlineData("ATTENDEE:ana@example.test", null, "ana@example.test")]
    [InlineData("ATTENDEE;CN=O^'Neil ^nJr:invalid:nomail", "O\"Neil \nJr", null)]
    public void People_are_read_in_all_their_forms(string line, string? name, string? mail) =>
        Assert.Equal([new CalendarPerson(name, mail)], One(line).Attendees);

    private static CalendarEntry One(params string[] lines) => One(lines, []);

    private static CalendarEntry One(string[] lines, string[] before) =>
        Read([.. before, "BEGIN:VEVENT", .. lines, "END:VEVENT"])!.Events.Single();

    private static Calendar? Read(params string[] lines) =>
        CalendarReader.Read("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Join("\r\n", lines) + "\r\nEND:VCALENDAR\r\n");
}

using System.Text;
using AnyFetch.Calendars;
using AnyFetch.Calendars.Contacts;
using AnyFetch.Calendars.ContentLines;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Library.Calendars;

/// <summary>Whatever the text: the readers end, within their bounds, and never throw. The seeds are fixed.</summary>
public sealed class CalendarPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD",
        "END:STANDARD", "END:VTIMEZONE", "DTSTART;TZID=X:20260301T090000", "DTSTART:19700101T000000", "TZOFFSETTO:+0100",
        "TZOFFSETFROM:-9999", "RRULE:FREQ=YEARLY;BYDAY=-5SU;BYMONTH=2", "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
        "RDATE:20260101T000000,20270101T000000", "DURATION:P9999999W", "GEO:1e999;NaN", "ATTENDEE;CN=\"a:<b@c>",
        "ORGANIZER:mailto:%ff%fe", "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:=ZZ=4=", "X;=;:", ";:", "A.B.C;D=\"", "\t",
        "BEGIN:VCARD", "END:VCARD", "N:;;;;;;;;;", "PHOTO;ENCODING=b:!!", "PHOTO:data:,", "BDAY:99999999", "ADR:\\",
        "DTSTART:99991231T235960", "DTEND:00010101T000000", "RECURRENCE-ID:x", "SEQUENCE:999999999999",
    ];

    [Fact]
    public void Random_lines_of_the_language_never_throw()
    {
        var random = new Random(5545);
        for (var i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder("BEGIN:VCALENDAR\n");
            for (var lines = random.Next(60); lines > 0; lines--)
            {
                var piece = s_pieces[random.Next(s_pieces.Length)];
                text.Append(random.Next(8) == 0 ? piece[..random.Next(piece.Length)] : piece)
                    .Append(random.Next(6) switch { 0 => "\r\n ", 1 => "\r", 2 => "=\n", _ => "\n" });
            }

            Touch(text.ToString());
        }
    }

    [Fact]
    public void Random_characters_never_throw()
    {
        var random = new Random(6350);
        const string Alphabet = "BEGINDV:;=,\"\\\r\n \t.^09TZ\u00e9\ud800\udc00\0";
        for (var i = 0; i < 3_000; i++)
        {
            Touch("BEGIN:VCALENDAR\n" + new string([.. Enumerable.Range(0, random.Next(300)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]));
        }
    }

    [Theory]
    [InlineData("BEGIN:VEVENT\n")]
    [InlineData("BEGIN:VCALENDAR\n")]
    [InlineData("SUMMARY:\n ")]
    [InlineData(" ")]
    [InlineData("\r")]
    [InlineData("X;")]
    [InlineData("X;A=\"")]
    [InlineData("X;A=,")]
    [InlineData("ATTENDEE:mailto:a@b\n")]
    [InlineData("SUMMARY;ENCODING=QUOTED-PRINTABLE:a=\n")]
    [InlineData("BEGIN:VEVENT\nDTSTART;TZID=A/B/C/D/E:20260101T000000\nEND:VEVENT\n")]
    public void A_megabyte_of_anything_is_read_in_linear_time(string piece)
    {
        Growth.IsLinear(1_000_000, size =>
        {
            var text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + string.Concat(Enumerable.Repeat(piece, size / piece.Length));
            var cards = text.Replace("VCALENDAR", "VCARD", StringComparison.Ordinal);
            return () =>
            {
                Touch(text);
                Touch(cards);
            };
        });
    }

    [Fact]
    public void Limits_are_kept()
    {
        var limits = new ContentLimits { EntriesMax = 3, PropertiesMax = 4, LineCharactersMax = 30 };
        var text = "BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat(
            "BEGIN:VEVENT\nSUMMARY:0123456789012345678901234567890123456789\n"
            + string.Concat(Enumerable.Repeat("ATTENDEE:a@example.test\n", 10)) + "END:VEVENT\n", 5));
        var calendar = CalendarReader.Read(text, limits)!;
        Assert.Equal(3, calendar.Events.Count);
        Assert.Equal(3, calendar.Events[0].Attendees.Count);
        Assert.Equal("0123456789012345678901", calendar.Events[0].Summary);
    }

    private static void Touch(string text)
    {
        foreach (var entry in CalendarReader.Read(text)?.Events ?? [])
        {
            _ = $"{entry.Start}{entry.End}{entry.Organizer}{entry.Summary}";
        }

        foreach (var card in ContactReader.Read(text))
        {
            _ = $"{card.Name}{card.Birthday}{card.Photo}";
        }
    }
}

using System.Collections.Frozen;
using System.Globalization;

namespace AnyFetch.Mime.Headers;

/// <summary>
/// Dates of mails (RFC 5322 §3.3 and §4.3): with and without day of the week, years of two and three digits, names of
/// zones,
/// comments, and the forms of C's <c>ctime</c> and of ISO 8601.
/// </summary>
public static class MailDate
{
    private const int CharactersMax = 200;
    private const string MonthNames = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <summary>
    /// Zones by name, in hours. The military letters were defined the wrong way round and mean nothing (RFC 5322 §4.3).
    /// </summary>
    private static readonly FrozenDictionary<string, int> Zones = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["BST"] = 1, ["WEST"] = 1, ["CET"] = 1, ["MET"] = 1,
        ["CEST"] = 2, ["MEST"] = 2, ["EET"] = 2, ["EEST"] = 3, ["MSK"] = 3, ["JST"] = 9, ["KST"] = 9, ["EST"] = -5, ["EDT"] = -4,
        ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a date, or returns null when the text is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > CharactersMax)
        {
            text = text[..CharactersMax];
        }

        var date = default(Fields);
        foreach (var token in WithoutComments(text)
            .Split([' ', '\t', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            Read(token, ref date);
        }

        return date.ToDate() ?? Iso(text);
    }

    private static DateTimeOffset? Iso(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length >= 10 && trimmed[4] == '-' && DateTimeOffset.TryParse(
            trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && IsPlausible(date) ? date : null;
    }

    private static bool IsPlausible(DateTimeOffset date) => date.Year is >= 1900 and < 9000;

    private static void Read(string token, ref Fields date)
    {
        if (token.Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(token[0]))
        {
            ReadTime(token, ref date);
        }
        else if (token.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(token[0]))
        {
            foreach (var piece in token.Split('-'))
            {
                Read(piece, ref date);
            }
        }
        else if (MonthOf(token) is { } month && date.Month == 0)
        {
            date.Month = month;
        }
        else if (token is "AM" or "am" or "PM" or "pm")
        {
            date.IsAfternoon = token[0] is 'P' or 'p';
            date.HasHalf = true;
        }
        else if (ZoneOf(token) is { } minutes && date.HasTime && date.Zone is null)
        {
            date.Zone = minutes;
        }
        else if (token.Length <= 5 && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            ReadNumber(number, token.Length, ref date);
        }
    }

    private static void ReadNumber(int number, int digits, ref Fields date)
    {
        if (date.Day == 0 && digits <= 2 && number is >= 1 and <= 31)
        {
            date.Day = number;
        }
        else if (date.Year == 0 && digits is >= 2 and <= 4)
        {
            date.Year = digits switch { 2 => number < 50 ? 2000 + number : 1900 + number, 3 => 1900 + number, _ => number };
        }
    }

    private static void ReadTime(string token, ref Fields date)
    {
        if (date.HasTime)
        {
            return;
        }

        var parts = token.Split(':', '.');
        date.HasTime = parts.Length >= 2 && parts[0].Length <= 2
            && TryTwoDigits(parts[0], out date.Hour) && TryTwoDigits(parts[1], out date.Minute);
        if (parts.Length > 2)
        {
            _ = TryTwoDigits(parts[2], out date.Second);
        }
    }

    private static bool TryTwoDigits(string text, out int number) => int.TryParse(
        text.AsSpan(0, Math.Min(2, text.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int? MonthOf(string token)
    {
        if (token.Length < 3 || !char.IsAsciiLetter(token[0]))
        {
            return null;
        }

        var at = MonthNames.IndexOf(token[..3], StringComparison.OrdinalIgnoreCase);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : null;
    }

    private static int? ZoneOf(string token)
    {
        if (Zones.TryGetValue(token, out var hours))
        {
            return hours * 60;
        }

        var sign = token.AsSpan().IndexOfAny('+', '-');
        var digits = sign < 0 ? "" : token[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is not (3 or 4)
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var minutes = (value / 100 * 60) + (value % 100);
        return minutes > 14 * 60 ? 0 : token[sign] == '-' ? -minutes : minutes;
    }

    private static string WithoutComments(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var end = open < 0 ? -1 : text.IndexOf(')', open);
        return open < 0 ? text : text[..open] + " " + (end < 0 ? "" : text[(end + 1)..]);
    }

    private struct Fields
    {
        internal int Year;
        internal int Month;
        internal int Day;
        internal int Hour;
        internal int Minute;
        internal int Second;
        internal bool HasTime;
        internal bool HasHalf;
        internal bool IsAfternoon;
        internal int? Zone;

        internal readonly DateTimeOffset? ToDate()
        {
            if (Month == 0 || Day == 0 || Year is < 1900 or >= 9000 || Day > DateTime.DaysInMonth(Year, Month)
                || Hour > 23 || Minute > 59)
            {
                return null;
            }

            var hour = HasHalf && Hour is >= 1 and <= 12 ? (Hour % 12) + (IsAfternoon ? 12 : 0) : Hour;
            // A leap second has no place in .NET's calendar.
            return new DateTimeOffset(Year, Month, Day, hour, Minute, Math.Min(Second, 59), TimeSpan.FromMinutes(Zone ?? 0));
        }
    }
}

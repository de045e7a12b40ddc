using System.Globalization;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Times as Salesforce writes them: <c>2026-01-31T12:00:00.000+0000</c>; in questions with a <c>Z</c>.</summary>
internal static class SalesforceDates
{
    private const string Form = "yyyy-MM-ddTHH:mm:ss.fffzzz";

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.Replace("+0000", "+00:00", StringComparison.Ordinal).Replace("Z", "+00:00", StringComparison.Ordinal),
            Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    public static string Write(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "Z";
}

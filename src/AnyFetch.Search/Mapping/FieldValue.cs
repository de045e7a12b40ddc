using System.Globalization;

namespace AnyFetch.Search.Mapping;

/// <summary>A value in the form in which its mapped type is searched.</summary>
internal readonly record struct FieldValue(bool IsUsable, string Text)
{
    /// <summary>
    /// Null when the type takes any text as it is; not usable when the text cannot be converted, and must be left out.
    /// </summary>
    public static FieldValue? Convert(ReadOnlySpan<char> text, FieldType type) => type switch
    {
        FieldType.Inferred or FieldType.Text => null,
        FieldType.Date => Date(text),
        FieldType.Integer => Integer(text),
        FieldType.Boolean => Boolean(text),
        _ => default(FieldValue),
    };

    private static FieldValue Date(ReadOnlySpan<char> text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var date))
            return new FieldValue(true, Write(date));
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > -62_135_596_800_000 and < 253_402_300_799_000
            ? new FieldValue(true, Write(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)))
            : default;
    }

    private static string Write(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static FieldValue Integer(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number)
            ? new FieldValue(true, decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture))
            : default;

    private static FieldValue Boolean(ReadOnlySpan<char> text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) ? new FieldValue(true, "true")
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? new FieldValue(true, "false")
        : default;
}

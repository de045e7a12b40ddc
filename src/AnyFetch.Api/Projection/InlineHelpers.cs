using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AnyFetch.Api.Representations;
using AnyFetch.Core.Dates;

namespace AnyFetch.Api.Projection;

/// <summary>The results of the inline helpers (search-and-projection §2.2), before they are escaped and written.</summary>
internal static partial class InlineHelpers
{
    public const string NoEmailHash = "00000000000000000000000000000000";

    private const int EntityCharsMax = 8;
    private const int UnicodeEscapeChars = 6;

    private static readonly FrozenSet<string> s_extensions =
        ("aac ai aiff avi bmp c cpp css dat dmg doc dotx dwg dxf eps exe flv gif h hpp html ics iso java jpg key mid "
            + "mp3 mp4 mpg odf ods odt otp ots ott pdf php png ppt psd py qt rar rb rtf sql tga tgz tiff txt wav xls "
            + "xlsx xml yml zip")
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>ISO 8601 with milliseconds; empty for nothing and for what is no date.</summary>
    public static string DateRfc(object? value) => ProjectionValue.Unwrap(value) switch
    {
        DateTimeOffset date => JsonWriterExtensions.FormatDate(date),
        long milliseconds and > -62135596800000 and < 253402300800000 and not 0 =>
            JsonWriterExtensions.FormatDate(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)),
        string text when Iso8601.TryParse(text.Trim(), out var date) => JsonWriterExtensions.FormatDate(date),
        _ => "",
    };

    /// <summary>The picture that belongs to an e-mail address.</summary>
    public static string Gravatar(object? email)
    {
        var address = ProjectionValue.ToText(email).Trim().ToLowerInvariant();
        return $"https://www.gravatar.com/avatar/{(address.Length == 0 ? NoEmailHash : Md5(address))}?d=mm&s=96";
    }

    /// <summary>The last part of a path without its last extension.</summary>
    public static string ExtractFilename(object? path)
    {
        var text = WithoutMarks(ProjectionValue.ToText(path));
        var name = text[(text.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot < 0 ? name : name[..dot];
    }

    /// <summary>The extension of a path if an icon is known for it, else <c>_blank</c>.</summary>
    public static string ExtractExtension(object? path)
    {
        var text = WithoutMarks(ProjectionValue.ToText(path));
        var extension = text[(text.LastIndexOf('.') + 1)..];
        return s_extensions.Contains(extension) ? extension : "_blank";
    }

    /// <summary>An address without its domain.</summary>
    public static string HideDomainEmail(object? email)
    {
        var text = ProjectionValue.ToText(email);
        var at = text.LastIndexOf('@');
        return at < 0 ? text : text[..at];
    }

    /// <summary>The integer that a value begins with, or 0.</summary>
    public static string SafeInt(object? value)
    {
        var match = LeadingInteger().Match(ProjectionValue.ToText(value));
        return match.Success && long.TryParse(match.ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "0";
    }

    /// <summary>True when a word of the query stands in one of the object's texts.</summary>
    public static bool IsHighlight(object? value, string query) =>
        ProjectionValue.Unwrap(value) is IReadOnlyDictionary<string, object?> properties
        && QueryTerms.Parse(query) is { Count: > 0 } terms
        && properties.Values.OfType<string>().Any(
            text => terms.Any(term => text.Contains(term, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first <paramref name="chars"/> characters of a longer text, with an ellipsis.</summary>
    public static string Shorten(string text, int chars)
    {
        if (text.Length <= chars)
        {
            return text;
        }

        return text[..CutEnd(text, chars)].Trim() + "…";
    }

    /// <summary>Line ends as <c>&lt;br&gt;</c>: real ones and those that JSON escaping made two characters of.</summary>
    public static string ToBr(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                i++;
                if (text[i] is 'r' or 'n')
                {
                    result.Append("<br>");
                    i += text[i] == 'r' && text.AsSpan(i + 1).StartsWith("\\n") ? 2 : 0;
                }
                else
                {
                    result.Append(c).Append(text[i]);
                }
            }
            else if (c is '\r' or '\n')
            {
                result.Append("<br>");
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>Runs of spaces as one, and none around.</summary>
    public static string Trim(string text) => Spaces().Replace(text, " ").Trim();

    /// <summary>
    /// Where to cut so that nothing is cut in two: a surrogate pair, an HTML entity, or the escape of a JSON string
    /// (which would break the whole projection).
    /// </summary>
    private static int CutEnd(string text, int chars)
    {
        var end = chars > 0 && char.IsHighSurrogate(text[chars - 1]) ? chars - 1 : chars;
        var entity = text.LastIndexOf('&', Math.Max(0, end - 1), Math.Min(end, EntityCharsMax));
        if (entity >= 0 && text.IndexOf(';', entity) is var close && close >= end && close - entity < EntityCharsMax)
        {
            end = entity;
        }

        for (var start = Math.Max(0, end - UnicodeEscapeChars + 1); start < end; start++)
        {
            if (text[start] != '\\' || (start > 0 && IsEscaped(text, start)))
            {
                continue;
            }

            var length = start + 1 < text.Length && text[start + 1] == 'u' ? UnicodeEscapeChars : 2;
            if (start + length > end)
            {
                return start;
            }
        }

        return end;
    }

    /// <summary>True when a backslash is the second one of an escaped backslash.</summary>
    private static bool IsEscaped(string text, int index)
    {
        var before = 0;
        while (index - before > 0 && text[index - before - 1] == '\\')
        {
            before++;
        }

        return before % 2 == 1;
    }

    /// <summary>A path may come with its matches marked; the marks are not part of it.</summary>
    private static string WithoutMarks(string text) =>
        text.Contains('<', StringComparison.Ordinal) ? Marks().Replace(text, "") : text;

#pragma warning disable CA5351 // Gravatar names its pictures by MD5; nothing is protected by it.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    [GeneratedRegex("</?span[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex("^\\s*[+-]?[0-9]{1,18}", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingInteger();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}

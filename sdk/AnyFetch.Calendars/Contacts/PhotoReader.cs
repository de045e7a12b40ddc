using AnyFetch.Calendars.ContentLines;

namespace AnyFetch.Calendars.Contacts;

/// <summary>Reads PHOTO: inline by its encoding (2.1, 3.0), a data URI (4.0) or an address.</summary>
internal static class PhotoReader
{
    internal static ContactPhoto? Read(ContentLine line)
    {
        var value = line.RawValue.Trim();
        if (line.Parameter("ENCODING") is { } encoding && encoding.ToUpperInvariant() is "B" or "BASE64")
        {
            return Inline(value);
        }

        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var comma = value.IndexOf(',', StringComparison.Ordinal);
            return comma > 0 && value[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? Inline(value[(comma + 1)..]) : null;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new ContactPhoto(address.AbsoluteUri, null) : null;
    }

    private static ContactPhoto? Inline(string value)
    {
        var base64 = string.Concat(value.Where(static c => !char.IsWhiteSpace(c)));
        return System.Buffers.Text.Base64.IsValid(base64, out var bytes) && bytes > 0 ? new ContactPhoto(null, base64) : null;
    }
}

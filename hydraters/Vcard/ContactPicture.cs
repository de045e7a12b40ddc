using AnyFetch.Calendars.Contacts;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>
/// The picture of a card as a data URI. An address is left out: whoever looks at the contact would tell its owner, and a
/// picture that its first bytes do not vouch for is none.
/// </summary>
internal static class ContactPicture
{
    internal static string? ToDataUri(ContactPhoto? photo, int bytesMax)
    {
        if (photo?.Base64 is not { } base64 || base64.Length / 4L * 3 > bytesMax)
        {
            return null;
        }

        var type = TypeOf(Convert.FromBase64String(base64));
        return type is null ? null : $"data:{type};base64,{base64}";
    }

    private static string? TypeOf(ReadOnlySpan<byte> picture) => picture switch
    {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        _ => null,
    };
}

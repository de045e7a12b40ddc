using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Evernote;

/// <summary>Where a listing stands.</summary>
/// <param name="Usn">The highest update sequence number that was listed.</param>
/// <param name="LastSync">When the last complete listing began, by Evernote's clock, in milliseconds since 1970.</param>
internal sealed record EvernoteCursor(int Usn, long LastSync)
{
    /// <summary>
    /// While everything is listed: the highest number there was when that began. What expunged things up to it says nothing,
    /// since all that exists is listed anyway. Null once the listing is complete.
    /// </summary>
    public int? Until { get; init; }

    /// <summary>Null when the text is none of ours.</summary>
    public static EvernoteCursor? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, EvernoteJson.Default.EvernoteCursor);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, EvernoteJson.Default.EvernoteCursor);
}

/// <summary>How the cursor is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvernoteCursor))]
internal sealed partial class EvernoteJson : JsonSerializerContext;

using System.Text.Json;

namespace AnyFetch.Client.Http;

/// <summary>The documented error shape, plus the OAuth one of the manager.</summary>
internal sealed record ErrorBody
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Null when the body is not the documented shape, for example a proxy's HTML page.</summary>
    public static ErrorBody? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>How far an account's listing came: a position in the events, and the folders that are still to be walked.</summary>
/// <param name="Position">The position; all before it is covered once the folders are walked.</param>
/// <param name="At">When the position was the end of the stream, in milliseconds since 1970.</param>
/// <param name="Folders">
/// The frontier of the walk, the next one last: a folder's id, with <c>:</c> and the marker of its next page when it is
/// half done.
/// </param>
internal sealed record BoxCursor(string Position, long At, IReadOnlyList<string> Folders)
{
    private const int CharactersMax = 60_000;

    /// <summary>The cursor as it is stored; null when the frontier is too wide for one, and an older one must do.</summary>
    public string? Format()
    {
        var text = JsonSerializer.Serialize(this, BoxJson.Default.BoxCursor);
        return text.Length <= CharactersMax ? text : null;
    }

    /// <summary>Reads a stored cursor.</summary>
    /// <exception cref="CursorExpiredException">It is unreadable, or older than Box' memory.</exception>
    public static BoxCursor Parse(string text, DateTimeOffset now, int daysMax)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, BoxJson.Default.BoxCursor) is { Position: not null, Folders: not null } cursor
                && now - DateTimeOffset.FromUnixTimeMilliseconds(cursor.At) <= TimeSpan.FromDays(daysMax))
            {
                return cursor;
            }
        }
        catch (JsonException broken)
        {
            throw new CursorExpiredException("The cursor cannot be read.", broken);
        }

        throw new CursorExpiredException("The cursor is older than Box' events.");
    }
}

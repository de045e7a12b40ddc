using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Gmail;

/// <summary>
/// How far a mailbox was read. The history's id is asked for before the threads are listed, so that a mail that arrives
/// meanwhile is in the history after it.
/// </summary>
/// <param name="HistoryId">Where the changes go on.</param>
/// <param name="PageToken">Where the listing goes on; null after its end.</param>
internal sealed record GmailCursor(string HistoryId, string? PageToken)
{
    /// <summary>Whether the threads are still to be listed from the beginning. Such a cursor is never stored.</summary>
    [JsonIgnore]
    public bool IsNew { get; init; }

    /// <summary>Reads a stored cursor; null when there is none.</summary>
    /// <exception cref="CursorExpiredException">It is of another kind.</exception>
    public static GmailCursor? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, GmailJson.Default.GmailCursor);
        }
        catch (JsonException unknown)
        {
            throw new CursorExpiredException("The cursor is none of this provider's.", unknown);
        }
    }

    public SyncItem.Checkpoint ToCheckpoint() => new(JsonSerializer.Serialize(this, GmailJson.Default.GmailCursor));
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>
/// The pages of list_folder. A cursor is <c>L:epoch:snapshot:start:position:limit</c> while a first listing goes on, then
/// <c>J:epoch:position:limit</c>, which points into the journal.
/// </summary>
internal sealed class DropboxListings(DropboxFiles files)
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<JsonObject>> _snapshots = new();
    private int _snapshotIds;
    private int _epoch;

    /// <summary>Makes every cursor that was given out unusable.</summary>
    public void Reset() => Interlocked.Increment(ref _epoch);

    public JsonObject Begin(int limit)
    {
        // The position first: what changes in between is told again, and not missed.
        var position = files.Position;
        var snapshot = Interlocked.Increment(ref _snapshotIds);
        _snapshots[snapshot] = files.Snapshot();
        return First([_epoch, snapshot, 0, position, limit]);
    }

    /// <summary>The next page; null when the cursor is none, or none any more.</summary>
    public JsonObject? Continue(string cursor)
    {
        var parts = cursor.Split(':');
        var numbers = parts.Skip(1).Select(part => int.TryParse(part, out var number) ? number : -1).ToArray();
        return parts[0] switch
        {
            _ when numbers.Length == 0 || numbers[0] != _epoch => null,
            "L" when numbers.Length == 5 => First(numbers),
            "J" when numbers.Length == 3 => Changes(numbers),
            _ => null,
        };
    }

    private JsonObject First(int[] at)
    {
        var (snapshot, start, position, limit) = (_snapshots[at[1]], at[2], at[3], at[4]);
        var page = snapshot.Skip(start).Take(limit).ToList();
        var end = start + page.Count;
        return end < snapshot.Count
            ? Page(page, Cursor("L", at[0], at[1], end, position, limit), hasMore: true)
            : Page(page, Cursor("J", at[0], position, limit), hasMore: false);
    }

    private JsonObject Changes(int[] at)
    {
        var page = files.Since(at[1], at[2]);
        var end = at[1] + page.Count;
        return Page(page, Cursor("J", at[0], end, at[2]), end < files.Position);
    }

    private static string Cursor(string kind, params int[] numbers) =>
        kind + ":" + string.Join(':', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static JsonObject Page(IReadOnlyList<JsonObject> entries, string cursor, bool hasMore) => new()
    {
        ["entries"] = new JsonArray([.. entries.Select(entry => entry.DeepClone())]),
        ["cursor"] = cursor,
        ["has_more"] = hasMore,
    };
}

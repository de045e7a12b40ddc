using AnyFetch.Core.Feed;

namespace AnyFetch.Storage.Feed;

/// <summary>Counts how much of the memory that one reading of the feed may take is spent.</summary>
internal sealed class FeedBudget(long bytesMax)
{
    private long _bytes;

    public bool IsSpent => _bytes >= bytesMax;

    /// <summary>Takes an entry into account. True when it is the last one.</summary>
    public bool Take(FeedEntry entry)
    {
        if (entry.Document is { } document)
        {
            _bytes += document.Metadata.Utf8.Length + document.Data.Utf8.Length + document.Actions.Utf8.Length;
        }

        return IsSpent;
    }
}

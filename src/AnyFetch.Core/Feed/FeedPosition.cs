using System.Globalization;

namespace AnyFetch.Core.Feed;

/// <summary>
/// A place in the change feed, totally ordered: first by the transaction that made the change (always 0 where one
/// writer gives out sequence numbers), then by sequence number.
/// </summary>
public readonly record struct FeedPosition(long Transaction, long Sequence) : IComparable<FeedPosition>
{
    /// <summary>Before the first change.</summary>
    public static FeedPosition Start => default;

    /// <summary>The later one of two.</summary>
    public static FeedPosition Max(FeedPosition left, FeedPosition right) => left > right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(FeedPosition other)
    {
        var order = Transaction.CompareTo(other.Transaction);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}-{Sequence}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static FeedPosition Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 1
            ? throw new FormatException($"'{text}' is not a feed position.")
            : new FeedPosition(
                long.Parse(text.AsSpan(0, dash), CultureInfo.InvariantCulture),
                long.Parse(text.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    public static bool operator <(FeedPosition left, FeedPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(FeedPosition left, FeedPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(FeedPosition left, FeedPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FeedPosition left, FeedPosition right) => left.CompareTo(right) >= 0;
}

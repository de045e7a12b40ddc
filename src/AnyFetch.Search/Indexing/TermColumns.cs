namespace AnyFetch.Search.Indexing;

/// <summary>
/// The columns of the index. Terms stand in the column of their field's boost, so that one index serves
/// types with different mappings; <c>text</c>, the large field, has a column of its own; the last column holds the
/// terms again with their key before them, for searches in one key.
/// </summary>
internal static class TermColumns
{
    /// <summary>Column of the metadata key <c>text</c> when its boost is 1.</summary>
    public const int Text = 0;

    /// <summary>Columns that a position has room for.</summary>
    public const int CountMax = 16;

    /// <summary>First column of the boost classes.</summary>
    public const int FirstBoost = 1;

    /// <summary>The key whose values have their own column.</summary>
    public const string TextKey = "text";

    private static readonly float[] s_boosts = [0, 0.25f, 0.5f, 1, 1.5f, 2, 3, 4, 6, 8, 12, 16, 32];

    public static int Keyed { get; } = FirstBoost + s_boosts.Length;

    public static int Count { get; } = Keyed + 1;

    /// <summary>What a match in a column is worth.</summary>
    public static float[] Weights { get; } = [1, .. s_boosts, 1];

    public static IReadOnlyList<string> Names { get; } =
        [TextKey, .. Enumerable.Range(0, s_boosts.Length).Select(i => $"b{i}"), "keyed"];

    /// <summary>The column whose boost is nearest, by ratio.</summary>
    public static int OfBoost(float boost)
    {
        if (boost <= 0)
            return FirstBoost;
        var best = 1;
        for (var i = 2; i < s_boosts.Length; i++)
        {
            if (Math.Abs(MathF.Log(boost / s_boosts[i])) < Math.Abs(MathF.Log(boost / s_boosts[best])))
                best = i;
        }

        return FirstBoost + best;
    }
}

namespace AnyFetch.Search.Segments;

/// <summary>A place in a document: the column in the four high bits, below it the term's number in that column.</summary>
internal static class TermPosition
{
    /// <summary>Terms of a column beyond this place share it: phrases are not told apart there.</summary>
    public const uint PlaceMax = (1u << ColumnShift) - 1;

    private const int ColumnShift = 28;

    public static uint Of(int column, int place) => (uint)column << ColumnShift | Math.Min((uint)place, PlaceMax);

    public static int Column(uint position) => (int)(position >> ColumnShift);

    public static uint Place(uint position) => position & PlaceMax;
}

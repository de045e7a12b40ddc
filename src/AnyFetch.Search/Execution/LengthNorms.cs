using AnyFetch.Search.Scoring;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Writing;

namespace AnyFetch.Search.Execution;

/// <summary>How much documents lose by their length, by the averages of all live documents.</summary>
internal sealed class LengthNorms(float textAverage, float fieldsAverage)
{
    /// <summary>Bounds are a little more than what rounding could make of a score.</summary>
    private const float RoundingFactor = 1.0001f;

    public float TextBase { get; } = 1 - Relevance.TextLengthWeight;

    public float TextSlope { get; } = Relevance.TextLengthWeight / textAverage;

    public float Text(int length) => Relevance.LengthNorm(Relevance.TextLengthWeight, length, textAverage);

    public float Fields(int length) => Relevance.LengthNorm(Relevance.FieldsLengthWeight, length, fieldsAverage);

    /// <summary>What occurrences in a row are worth before significance.</summary>
    public unsafe float Worth(Segment segment, int row, ReadOnlySpan<Occurrence> pattern)
    {
        var worth = PatternTable.Score(pattern, Text(segment.TextLengths[row]), Fields(segment.FieldsLengths[row]));
        return segment.Starred is not null && segment.Starred[row] != 0 ? worth * Relevance.StarredFactor : worth;
    }

    /// <summary>
    /// What a segment's bounds, which were made with its own averages, must be multiplied by: when the average grew by
    /// some part, no norm fell by more than that part, and no score grew by more.
    /// </summary>
    public float BoundFactor(Segment segment) => RoundingFactor * Math.Max(1, Math.Max(
        textAverage / PostingsWriter.Average(segment.TextTerms, segment.RowCount),
        fieldsAverage / PostingsWriter.Average(segment.FieldsTerms, segment.RowCount)));
}

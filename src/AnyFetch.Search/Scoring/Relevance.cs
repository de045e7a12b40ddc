namespace AnyFetch.Search.Scoring;

/// <summary>
/// BM25 by field: a term scores in every field apart and the field's boost multiplies it, so a match in a title of
/// boost 4 is worth four in a field of boost 1.
/// </summary>
internal static class Relevance
{
    /// <summary>How soon more occurrences stop to count.</summary>
    public const float Saturation = 1.2f;

    /// <summary>How much a long text loses.</summary>
    public const float TextLengthWeight = 0.75f;

    /// <summary>How much a document with long fields loses.</summary>
    public const float FieldsLengthWeight = 0.3f;

    /// <summary>What a starred document's score is multiplied by.</summary>
    public const float StarredFactor = 1.5f;

    /// <summary>The sum of scores at which those of a loose query are halfway to one more word.</summary>
    public const float LooseHalfScore = 8;

    /// <summary>How much a phrase tells, from how many documents have it.</summary>
    public static float Significance(long documents, long withPhrase) =>
        (float)Math.Log(1 + (Math.Max(documents - withPhrase, 0) + 0.5) / (withPhrase + 0.5));

    public static float LengthNorm(float weight, int length, float average) => 1 - weight + weight * length / average;

    /// <summary>What so many occurrences in one field are worth, 0 to 2.2.</summary>
    public static float Frequency(int occurrences, float norm) =>
        occurrences * (Saturation + 1) / (occurrences + Saturation * norm);
}

namespace AnyFetch.Search.Similarity;

/// <summary>Something in a document that others may have too: a word, or a name or an address as a whole.</summary>
/// <param name="Text">As it is first written in the document.</param>
/// <param name="Terms">Its analysed terms, which stand one after the other.</param>
internal sealed record SourceTerm(string Text, IReadOnlyList<string> Terms)
{
    /// <summary>Occurrences so far, each with the boost of its field.</summary>
    public float Occurrences { get; private set; }

    /// <summary>How much it tells of its document, 0 to 1: once in a title is much, a third time in a text little.</summary>
    public float Weight => Occurrences / (Occurrences + 2);

    public void Add(float boost) => Occurrences += boost;
}

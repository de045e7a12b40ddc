using AnyFetch.Hydrater.ChangeSets;

namespace AnyFetch.Hydrater;

/// <summary>What a hydrater that answers at once may know.</summary>
/// <param name="document">The document, which may not be stored yet.</param>
/// <param name="mayExist">Tells whether some document may have a value in a metadata key.</param>
public sealed class ImmediateContext(
    HydrationDocument document, Func<string, string, CancellationToken, ValueTask<bool>> mayExist)
{
    /// <summary>The document as its task would show it, read-only.</summary>
    public HydrationDocument Document { get; } = document;

    /// <summary>An empty change set to write to and hand to <see cref="HydrationResult.Changed"/>.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>
    /// False when no document of the company, whoever may see it, has <paramref name="value"/> in <c>metadata.{key}</c>, a key
    /// that is compared exactly such as <c>hash</c>. What came within the last moments may be missing, as in any search.
    /// </summary>
    public ValueTask<bool> MayExistAsync(string key, string value, CancellationToken cancellationToken) =>
        mayExist(key, value, cancellationToken);
}

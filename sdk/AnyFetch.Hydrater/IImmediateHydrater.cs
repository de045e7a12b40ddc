namespace AnyFetch.Hydrater;

/// <summary>
/// A hydrater that answers for most documents from their fields alone, within microseconds. Where it runs inside the server
/// it is asked while a document is being stored, and only what it leaves open becomes a task. Elsewhere every document is one.
/// </summary>
public interface IImmediateHydrater : IHydrater
{
    /// <summary>
    /// Answers with <see cref="HydrationResult.Nothing"/> or <see cref="HydrationResult.Changed"/>, the same that
    /// <see cref="IHydrater.HydrateAsync"/> would say; null leaves the document to that. It calls nobody, takes no file, and
    /// what it throws counts as null.
    /// </summary>
    ValueTask<HydrationResult?> TryHydrateAsync(ImmediateContext context, CancellationToken cancellationToken);
}

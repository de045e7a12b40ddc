namespace AnyFetch.Hydrater;

/// <summary>
/// Turns a document, and its file if it has one, into a richer one. One instance serves many tasks at the same time,
/// so it keeps no state between calls. The same input has to give the same changes (hydration.md §10).
/// </summary>
public interface IHydrater
{
    /// <summary>What the hydrater is called, which documents it takes and how it may be run.</summary>
    HydraterDescriptor Descriptor { get; }

    /// <summary>
    /// Hydrates one document. Throw <see cref="HydrationException"/> (or return <see cref="HydrationResult.Failed"/>)
    /// when the content cannot be processed at all; any other exception is taken as transient and the task is tried again.
    /// </summary>
    Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken);
}

using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>What the deduplicator takes for the same.</summary>
public sealed class DeduplicatorHydraterOptions
{
    /// <summary>
    /// The keys of the metadata that have to be the same. Empty, the default, is all of them; <c>text</c> alone merges copies
    /// under different names, which are gone with the one that is kept when its source deletes it.
    /// </summary>
    [Required, MaxLength(100)]
    public IReadOnlyList<string> HashKeys { get; set; } = [];

    /// <summary>Documents with one hash that are looked at. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int CandidatesMax { get; set; } = 1_000;

    /// <summary>Documents compared at the same time. Default 1: it gives way to what people wait for.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 1;

    /// <summary>Wall time of one document in seconds; each merge is some requests to the core. Default 60.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 60;
}

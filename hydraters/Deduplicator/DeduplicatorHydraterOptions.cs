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

    /// <summary>
    /// Whether a copy is merged into the document that is kept, which then lists its identifier (<c>data.aliases</c>) and what it was
    /// related to: the source's next word about it reaches the kept one. False deletes it without a trace, and it comes back whenever
    /// its source sends it again. Default true.
    /// </summary>
    public bool ListsAliases { get; set; } = true;

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

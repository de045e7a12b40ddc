using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>Merges documents of one source that say the same to the same people (hydraters.md §14).</summary>
public sealed class DeduplicatorHydrater : IImmediateHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "deduplicator";

    private static readonly string[] s_textTypes = ["file", "document", "image"];
    private static readonly string[] s_otherTypes = ["email", "event", "note", "contact"];

    private readonly DeduplicatorHydraterOptions _options;
    private readonly RecentHashes _recent = new();

    /// <summary>Creates the hydrater.</summary>
    public DeduplicatorHydrater(DeduplicatorHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Merges documents that are the same.",
            Filters =
            [
                // Only a text makes files and pictures worth a comparison: those without are not even offered.
                .. s_textTypes.Select(type => FilterBuilder.ForType(type).With("metadata", "text", Worth.TextPattern).Build()),
                .. s_otherTypes.Select(type => FilterBuilder.ForType(type).Build()),
            ],
            Priority = -10,
            NeedsFile = false,
            // It reads fields only, and what one task met the others have to know.
            NeedsIsolation = false,
            RerunOn = ["metadata"],
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var document = context.Document;
        if (!IsComparable(document))
        {
            return HydrationResult.Nothing;
        }

        var hash = CanonicalHash.Of(document.Metadata, _options.HashKeys);
        if (context.Core is { } core && document.Id.Length > 0)
        {
            // One at a time: of two copies that arrive together the second one sees what the first one did.
            using var turn = await _recent.EnterAsync(hash, cancellationToken).ConfigureAwait(false);
            var others = await FindAsync(core, hash, document.Id, cancellationToken).ConfigureAwait(false);
            others.UnionWith(_recent.Meet(hash, document.Id));
            var merge = new DuplicateMerge(context, core, new Copies(hash, _options.HashKeys), _options.ListsAliases);
            if (others.Count > 0 && await merge.RunAsync(others, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return Remember(document, hash, context.Changes);
    }

    /// <summary>A document that is like no other one has its hash at once.</summary>
    public async ValueTask<HydrationResult?> TryHydrateAsync(ImmediateContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var document = context.Document;
        if (!IsComparable(document))
        {
            return HydrationResult.Nothing;
        }

        var hash = CanonicalHash.Of(document.Metadata, _options.HashKeys);
        if (_recent.Meet(hash, document.Id).Count > 0
            || await context.MayExistAsync(CanonicalHash.Key, hash, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return Remember(document, hash, context.Changes);
    }

    private static bool IsComparable(HydrationDocument document) =>
        !Copies.IsChild(document.DocumentType, document.Data) && Worth.IsWorthComparing(document.Metadata);

    private static HydrationResult Remember(HydrationDocument document, string hash, ChangeSet changes)
    {
        if (document.MetadataText(CanonicalHash.Key) != hash)
        {
            changes.Metadata[CanonicalHash.Key] = hash;
        }

        return HydrationResult.Changed(changes);
    }

    /// <summary>
    /// The ids of other documents with the hash, as far as the index knows. It follows the store at a distance: what has just
    /// come is remembered here, and what it says is asked of the store before anything is done.
    /// </summary>
    private async Task<HashSet<string>> FindAsync(
        AnyFetchClient core, string hash, string ownId, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var search = new DocumentSearch
        {
            Matching = new Dictionary<string, string> { [CanonicalHash.Key] = hash },
            Fields = "count,data.id",
        };
        await foreach (var found in core.Documents.SearchAllAsync(search, cancellationToken).ConfigureAwait(false))
        {
            if (found.Id != ownId && ids.Add(found.Id) && ids.Count == _options.CandidatesMax)
            {
                break;
            }
        }

        return ids;
    }
}

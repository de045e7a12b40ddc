using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Filters;

namespace AnyFetch.Hydration.Rounds;

/// <summary>
/// Decides what happens to a document next (hydration.md §4, §6, §7): which hydraters are called, whether its hydration is
/// finished, and whether its file goes. Pure: no clock, no store.
/// </summary>
internal static class RoundPlanner
{
    internal static Round Plan(
        Document document,
        DocumentType? type,
        HydraterStack stack,
        RoundTrigger trigger,
        DateTimeOffset now,
        RoundRules rules)
    {
        if (document.Hydration is { IsReposted: false, IsHydrating: true })
        {
            // While hydraters are at work only a client's change can call for more.
            if (trigger == RoundTrigger.Answer)
            {
                return Settle(new Round(document), stack, now, rules);
            }

            if (IsSeen(document))
            {
                return new Round(document);
            }
        }

        var round = document.Hydration.IsReposted
            ? Repost(document, stack) : new Round(RerunKeys.WithoutStale(document, stack, trigger));
        var current = round.Document;
        var candidates = Candidates.Find(current, type, stack, rules);
        if (candidates.Count == 0)
        {
            return Settle(round, stack, now, rules);
        }

        if (current.Hydration.Rounds >= rules.RoundsMax)
        {
            return Settle(round with { Document = AtLimit(current, rules) }, stack, now, rules);
        }

        return Dispatch(round, candidates, now);
    }

    /// <summary>
    /// Begins a new generation in which only the runs to keep count as done. Whoever is at work on the old one comes too late.
    /// </summary>
    internal static Round StartOver(Document document, Func<HydraterRun, bool> keeps)
    {
        var state = document.Hydration;
        var kept = state.Runs.Where(r => r.State != HydraterRunState.Hydrating && keeps(r)).ToList();
        var keepsError = kept.Any(r => r.Url == state.ErroredBy);
        var next = state.NextGeneration() with
        {
            Runs = kept,
            ErroredBy = keepsError ? state.ErroredBy : null,
            Error = keepsError ? state.Error : null,
            TypeBefore = state.TypeBefore,
        };
        return new Round(document with { Hydration = next })
        {
            Superseded = [.. state.Runs.Where(r => r.State == HydraterRunState.Hydrating)],
            SupersededGeneration = state.Generation,
        };
    }

    /// <summary>True when the document says what it said when it was last judged.</summary>
    internal static bool IsSeen(Document document) =>
        document.Hydration.SeenContent is { } seen && seen == ContentDigest.Of(document);

    /// <summary>
    /// Hydraters that read the file have read this one; the others see the fields that were sent again. Where none of them
    /// ran there is nothing to begin anew, which spares a busy day's documents a second write.
    /// </summary>
    private static Round Repost(Document document, HydraterStack stack)
    {
        bool Keeps(HydraterRun run) => stack.Find(run.Url) is not { Filters.NeedsFile: false };
        return document.Hydration.Runs.All(r => r.State != HydraterRunState.Hydrating && Keeps(r))
            ? new Round(document)
            : StartOver(document, Keeps);
    }

    private static Round Dispatch(Round round, IReadOnlyList<EnabledHydrater> hydraters, DateTimeOffset now)
    {
        var state = round.Document.Hydration;
        var runs = hydraters.Select(h => new HydraterRun(h.Url, HydraterRunState.Hydrating, now)
        {
            ReadKeys = RerunKeys.DigestOf(round.Document, h.Hydrater.RerunOn),
        });
        var document = round.Document with
        {
            Hydration = state with
            {
                Runs = [.. state.Runs, .. runs],
                Rounds = state.Rounds + 1,
                IsReposted = false,
                ClientKeys = state.IsHydrating ? state.ClientKeys : [],
            },
        };
        return round with { Document = Seen(document), Dispatched = hydraters };
    }

    /// <summary>Nothing to call: wait for those at work, or be finished and let the file go.</summary>
    private static Round Settle(Round round, HydraterStack stack, DateTimeOffset now, RoundRules rules)
    {
        var document = round.Document;
        if (document.Hydration.IsHydrating)
        {
            return round with { Document = Seen(document) };
        }

        DateTimeOffset? fileEndsAt = null;
        if (document.File is not null && !document.Source.KeepsFile && !stack.Company.KeepsOriginals)
        {
            fileEndsAt = RetainedUntil(document.Hydration, now, rules);
            document = fileEndsAt is null ? document with { File = null } : document;
        }

        if (document.Hydration is { SeenContent: not null } or { ClientKeys.Count: > 0 })
        {
            document = document with { Hydration = document.Hydration with { SeenContent = null, ClientKeys = [] } };
        }

        return round with { Document = document, FileEndsAt = fileEndsAt };
    }

    /// <summary>Until when the file of a document is kept on which a hydrater failed; null when that is over.</summary>
    private static DateTimeOffset? RetainedUntil(HydrationState state, DateTimeOffset now, RoundRules rules)
    {
        if (rules.RetainOnError == TimeSpan.Zero || state.Runs.All(r => r.State != HydraterRunState.Errored))
        {
            return null;
        }

        var until = state.Runs.Where(r => r.State == HydraterRunState.Errored).Max(r => r.EndedAt) + rules.RetainOnError;
        return until > now ? until : null;
    }

    private static Document Seen(Document document)
    {
        var digest = ContentDigest.Of(document);
        return document.Hydration.SeenContent == digest
            ? document
            : document with { Hydration = document.Hydration with { SeenContent = digest } };
    }

    private static Document AtLimit(Document document, RoundRules rules)
    {
        var message = $"The limit of {rules.RoundsMax} rounds is reached.";
        return document.Hydration.Error == message
            ? document
            : document with { Hydration = document.Hydration with { Error = message, ErroredBy = null } };
    }
}

/// <summary>The bounds and choices of the rounds.</summary>
/// <param name="RoundsMax">Most rounds of one generation.</param>
/// <param name="LowPriorityAfterErrors">Whether the low class runs although another hydrater failed.</param>
internal sealed record RoundRules(int RoundsMax, bool LowPriorityAfterErrors)
{
    /// <summary>For how long the file of a document is kept on which a hydrater failed.</summary>
    internal TimeSpan RetainOnError { get; init; }
}

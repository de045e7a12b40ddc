using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Filters;

namespace AnyFetch.Hydration.Rounds;

/// <summary>The hydraters that a round calls: steps 1 to 4 of hydration.md §4.</summary>
internal static class Candidates
{
    internal static List<EnabledHydrater> Find(
        Document document,
        DocumentType? type,
        HydraterStack stack,
        RoundRules rules)
    {
        var matching = Matching(document, type, stack);
        if (matching is null)
        {
            return [];
        }

        var state = document.Hydration;
        if (!rules.LowPriorityAfterErrors && HasNormalError(state, stack))
        {
            matching.RemoveAll(h => h.Priority < 0);
        }

        RemoveExcludedByRuns(matching, state, stack);
        return HighestClass(WithoutExcluded(matching), state, stack);
    }

    /// <summary>Null instead of an empty list: nearly all documents of a busy day come to it.</summary>
    private static List<EnabledHydrater>? Matching(Document document, DocumentType? type, HydraterStack stack)
    {
        List<EnabledHydrater>? matching = null;
        FilterView? view = null;
        foreach (var hydrater in stack.For(document.File is not null))
        {
            if (HasRun(document.Hydration.Runs, hydrater.Url))
            {
                continue;
            }

            view ??= new FilterView(document, type);
            if (view.Passes(hydrater.Filters))
            {
                matching ??= [];
                matching.Add(hydrater);
            }
        }

        return matching;
    }

    private static bool HasRun(IReadOnlyList<HydraterRun> runs, string url)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i].Url == url)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasNormalError(HydrationState state, HydraterStack stack) =>
        state.Runs.Any(r => r.State == HydraterRunState.Errored && stack.Find(r.Url) is { Priority: >= 0 });

    /// <summary>An excluder at work or done keeps its word for the generation; one that failed gives the others way.</summary>
    private static void RemoveExcludedByRuns(List<EnabledHydrater> matching, HydrationState state, HydraterStack stack)
    {
        foreach (var run in state.Runs)
        {
            if (run.State != HydraterRunState.Errored && stack.Find(run.Url) is { } excluder)
            {
                matching.RemoveAll(excluder.Excludes);
            }
        }
    }

    private static List<EnabledHydrater> WithoutExcluded(List<EnabledHydrater> matching)
    {
        var left = matching.Where(h => !matching.Any(other => Drops(other, h))).ToList();
        if (left.Count > 0 || matching.Count == 0)
        {
            return left;
        }

        // A ring of exclusions would drop all of them: the first one breaks it.
        return [matching.Aggregate((first, next) => next.Precedes(first) ? next : first)];
    }

    private static bool Drops(EnabledHydrater excluder, EnabledHydrater other) =>
        excluder != other
        && excluder.Excludes(other)
        && (!other.Excludes(excluder) || excluder.Precedes(other));

    /// <summary>Those of the highest priority present, unless one of a higher priority is still at work.</summary>
    private static List<EnabledHydrater> HighestClass(
        List<EnabledHydrater> left,
        HydrationState state,
        HydraterStack stack)
    {
        if (left.Count == 0)
        {
            return left;
        }

        var priority = left.Max(h => h.Priority);
        var isHeld = state.Runs.Any(
            r => r.State == HydraterRunState.Hydrating && stack.Find(r.Url) is { } running && running.Priority > priority);
        return isHeld ? [] : left.FindAll(h => h.Priority == priority);
    }
}

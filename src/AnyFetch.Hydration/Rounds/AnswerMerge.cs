using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Rounds;

/// <summary>Makes a hydrater's answer part of the document (hydration.md §5, "Core on callback"). Pure.</summary>
internal static class AnswerMerge
{
    /// <summary>Longest message of a failure that is kept, in characters.</summary>
    internal const int ErrorCharsMax = 2_000;

    /// <summary>
    /// The document after the answer; null when nobody waits for it: the generation is over, or the hydrater is not at work.
    /// </summary>
    internal static Document? Apply(
        Document document,
        int generation,
        string url,
        HydraterAnswer answer,
        int attempts,
        DateTimeOffset now,
        IReadOnlyList<string>? rerunOn = null,
        bool protectsClientEdits = false)
    {
        var state = document.Hydration;
        if (state.Generation != generation)
        {
            return null;
        }

        var index = IndexOf(state.Runs, url);
        if (index < 0 || state.Runs[index].State != HydraterRunState.Hydrating)
        {
            return null;
        }

        var error = answer.Error is { } message ? Cut(message) : null;
        var runs = state.Runs.ToArray();
        runs[index] = runs[index] with
        {
            State = error is null ? HydraterRunState.Done : HydraterRunState.Errored,
            EndedAt = now,
            Attempts = attempts,
            Error = error,
        };
        return error is null
            ? Succeed(document, runs, index, answer.Change, now, rerunOn ?? [], protectsClientEdits ? state.ClientKeys : [])
            : document with { Hydration = state with { Runs = runs, ErroredBy = url, Error = error } };
    }

    private static Document Succeed(
        Document document,
        HydraterRun[] runs,
        int index,
        DocumentChange change,
        DateTimeOffset now,
        IReadOnlyList<string> rerunOn,
        IReadOnlyList<string> protectedKeys)
    {
        var state = document.Hydration;
        var clears = state.ErroredBy == runs[index].Url;
        var merged = DocumentMerge.Apply(document, ClientEdits.Without(change, protectedKeys));
        runs[index] = RerunKeys.Answered(runs[index], document, merged, rerunOn);
        return merged with
        {
            Hydration = state with
            {
                Runs = runs,
                LastHydration = now,
                TypeBefore = state.TypeBefore ?? (merged.Type == document.Type ? null : document.Type),
                ErroredBy = clears ? null : state.ErroredBy,
                Error = clears ? null : state.Error,
            },
        };
    }

    private static int IndexOf(IReadOnlyList<HydraterRun> runs, string url)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i].Url == url)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Cut(string message)
    {
        if (message.Length <= ErrorCharsMax)
        {
            return message;
        }

        var end = char.IsHighSurrogate(message[ErrorCharsMax - 1]) ? ErrorCharsMax - 1 : ErrorCharsMax;
        return message[..end];
    }
}

using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Rounds;

/// <summary>What a round comes to.</summary>
/// <param name="Document">The document after it; the same instance when there is nothing to do.</param>
internal sealed record Round(Document Document)
{
    /// <summary>The hydraters that are called now.</summary>
    internal IReadOnlyList<EnabledHydrater> Dispatched { get; init; } = [];

    /// <summary>Runs of <see cref="SupersededGeneration"/> that nobody waits for any more.</summary>
    internal IReadOnlyList<HydraterRun> Superseded { get; init; } = [];

    internal int SupersededGeneration { get; init; }

    /// <summary>When the file goes that is retained because a hydrater failed on it; null when none is.</summary>
    internal DateTimeOffset? FileEndsAt { get; init; }
}

/// <summary>Why a round is held.</summary>
internal enum RoundTrigger
{
    /// <summary>The document was created or changed by a client, or got a file.</summary>
    Client,

    /// <summary>A hydrater answered, failed or ran out of time.</summary>
    Answer,
}

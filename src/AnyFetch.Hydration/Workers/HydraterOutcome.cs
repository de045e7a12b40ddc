namespace AnyFetch.Hydration.Workers;

/// <summary>How a hydrater came out (hydration.md §9).</summary>
public sealed record HydraterOutcome
{
    private HydraterOutcome(HydraterOutcomeKind kind) => Kind = kind;

    /// <summary>Which of them this is.</summary>
    public HydraterOutcomeKind Kind { get; }

    /// <summary>The change set as UTF-8 JSON, for <see cref="HydraterOutcomeKind.Changed"/>.</summary>
    public ReadOnlyMemory<byte> Changes { get; private init; }

    /// <summary>What went wrong, for <see cref="HydraterOutcomeKind.Failed"/>.</summary>
    public string? Message { get; private init; }

    /// <summary>True when trying again would not help.</summary>
    public bool IsPermanent { get; private init; }

    /// <summary>Done, nothing new.</summary>
    public static HydraterOutcome Nothing { get; } = new(HydraterOutcomeKind.Nothing);

    /// <summary>The input was gone.</summary>
    public static HydraterOutcome Skipped { get; } = new(HydraterOutcomeKind.Skipped);

    /// <summary>The document is not wanted and is deleted.</summary>
    public static HydraterOutcome Deleted { get; } = new(HydraterOutcomeKind.Deleted);

    /// <summary>Another hydrater answers in its place, by the callback.</summary>
    public static HydraterOutcome Delegated { get; } = new(HydraterOutcomeKind.Delegated);

    /// <summary>The document changes.</summary>
    public static HydraterOutcome Changed(ReadOnlyMemory<byte> changes) =>
        new(HydraterOutcomeKind.Changed) { Changes = changes };

    /// <summary>It went wrong.</summary>
    public static HydraterOutcome Failed(string message, bool isPermanent) =>
        new(HydraterOutcomeKind.Failed) { Message = message, IsPermanent = isPermanent };
}

/// <summary>The kinds of outcomes.</summary>
public enum HydraterOutcomeKind
{
    Changed,
    Nothing,
    Skipped,
    Deleted,
    Delegated,
    Failed,
}

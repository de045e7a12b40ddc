using AnyFetch.Hydrater.ChangeSets;

namespace AnyFetch.Hydrater;

/// <summary>How a hydrater ended (hydration.md §9).</summary>
public sealed record HydrationResult
{
    private HydrationResult(HydrationResultKind kind) => Kind = kind;

    /// <summary>Which of the results this is.</summary>
    public HydrationResultKind Kind { get; }

    /// <summary>The changes, for <see cref="HydrationResultKind.Changed"/>.</summary>
    public ChangeSet? Changes { get; private init; }

    /// <summary>The changes as the callback carries them, for those that come from a worker.</summary>
    internal ReadOnlyMemory<byte>? EncodedChanges { get; private init; }

    /// <summary>The message, for <see cref="HydrationResultKind.Failed"/>.</summary>
    public string? Message { get; private init; }

    /// <summary>Done, and there is nothing new to say: the callback carries <c>{}</c>.</summary>
    public static HydrationResult Nothing { get; } = new(HydrationResultKind.Nothing);

    /// <summary>The task ends without a callback, because its input is gone.</summary>
    public static HydrationResult Skipped { get; } = new(HydrationResultKind.Skipped);

    /// <summary>The hydrater deleted the document itself, so nobody is left to call back.</summary>
    public static HydrationResult Deleted { get; } = new(HydrationResultKind.Deleted);

    /// <summary>Another hydrater will answer on the same callback.</summary>
    public static HydrationResult Delegated { get; } = new(HydrationResultKind.Delegated);

    /// <summary>The document changes. An empty change set means the same as <see cref="Nothing"/>.</summary>
    public static HydrationResult Changed(ChangeSet changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return new HydrationResult(HydrationResultKind.Changed) { Changes = changes };
    }

    /// <summary>Changes that were cleaned, cut and written by a worker.</summary>
    internal static HydrationResult Encoded(ReadOnlyMemory<byte> changes) =>
        new(HydrationResultKind.Changed) { EncodedChanges = changes };

    /// <summary>The content cannot be processed, now or later. The message is shown to people.</summary>
    public static HydrationResult Failed(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        return new HydrationResult(HydrationResultKind.Failed) { Message = message };
    }
}

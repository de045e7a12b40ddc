namespace AnyFetch.Hydrater;

/// <summary>The ways a hydrater can end (hydration.md §9).</summary>
public enum HydrationResultKind
{
    /// <summary>The document changes.</summary>
    Changed,

    /// <summary>Done without a change.</summary>
    Nothing,

    /// <summary>No callback: the input is gone.</summary>
    Skipped,

    /// <summary>No callback: the hydrater deleted the document.</summary>
    Deleted,

    /// <summary>No callback: another hydrater answers.</summary>
    Delegated,

    /// <summary>The content cannot be processed.</summary>
    Failed,
}

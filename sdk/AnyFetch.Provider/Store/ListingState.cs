namespace AnyFetch.Provider.Store;

/// <summary>How far an account's listing came.</summary>
internal enum ListingState
{
    /// <summary>None that began without a cursor is under way.</summary>
    Closed,

    /// <summary>One began and stored no checkpoint: after a crash it starts anew, and its marks count for nothing.</summary>
    Open,

    /// <summary>One stored a checkpoint: after a crash it goes on, and its marks stay good.</summary>
    Checkpointed,
}

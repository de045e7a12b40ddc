namespace AnyFetch.Provider;

/// <summary>What a listing is asked for.</summary>
public enum SyncMode
{
    /// <summary>What changed since the cursor.</summary>
    Incremental,

    /// <summary>Everything: the first run, after a reset, or after an expired cursor.</summary>
    Full,

    /// <summary>
    /// Everything, for who may see it alone: known documents get their new readers, and nothing else is sent, deleted or
    /// remembered.
    /// </summary>
    Permissions,
}

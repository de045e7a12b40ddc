namespace AnyFetch.Provider.Store;

/// <summary>What is to be done with a queued item.</summary>
internal enum ItemOperation
{
    Delete = 0,
    Upsert = 1,
}

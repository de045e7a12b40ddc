namespace AnyFetch.Storage.Database;

/// <summary>The transaction of one <see cref="WriteLane"/>, begun again for each batch. Used by its thread only.</summary>
internal interface ISqlTransaction : IDisposable
{
    ISqlSession Session { get; }

    /// <summary>Counts statements that may have changed something.</summary>
    long Changes { get; }

    void Begin();

    /// <summary>Makes the changes durable, then wakes those who wait for them.</summary>
    void Commit();

    /// <summary>Undoes the changes. Never throws: what is broken is set up again by <see cref="Begin"/>.</summary>
    void Rollback();

    /// <summary>True when the transaction cannot go on after this failure, even if nothing had been changed.</summary>
    bool IsBroken(Exception fault);

    /// <summary>True when the same work may succeed if tried again; waits a little before it says so.</summary>
    bool MayRetry(Exception fault, int attempt);

    /// <summary>True when the store cannot be reached, which whatever waits would find, too.</summary>
    bool IsAway(Exception fault);

    /// <summary>The failure as callers of the store are told of it.</summary>
    Exception Explain(Exception fault);

    /// <summary>Called when nothing waits: the time for chores.</summary>
    void Rest();
}

using System.Data.Common;

namespace AnyFetch.Core.Errors;

/// <summary>
/// The store's database could not do what was asked for reasons of its own. Nothing of the change was kept, and the
/// same work may succeed later. The API answers 507 or 503 (api.md §2).
/// </summary>
public sealed class StoreFailureException : DbException
{
    /// <summary>A failure with the database's own error.</summary>
    public StoreFailureException(StoreFailure failure, Exception cause)
        : base(failure == StoreFailure.Full ? "The store's disk is full." : "The store cannot be used now.", cause) =>
        Failure = failure;

    /// <summary>What is in the way.</summary>
    public StoreFailure Failure { get; }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}

/// <summary>Why a store failed.</summary>
public enum StoreFailure
{
    /// <summary>There is no room left on its disk.</summary>
    Full,

    /// <summary>It cannot be reached, is busy or its disk fails.</summary>
    Unavailable,
}

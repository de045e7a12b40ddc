namespace AnyFetch.Client;

/// <summary>What a page did.</summary>
public sealed record PageReceipt
{
    /// <summary>Documents that are new.</summary>
    public int Created { get; init; }

    /// <summary>Documents that were there.</summary>
    public int Updated { get; init; }

    /// <summary>Documents that are gone.</summary>
    public int Deleted { get; init; }

    /// <summary>Deletions of documents that were not there.</summary>
    public int Missing { get; init; }

    /// <summary>Failures that were reported.</summary>
    public int Failures { get; init; }
}

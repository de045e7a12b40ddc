namespace AnyFetch.Core.Authentication;

/// <summary>
/// Tells this node's cache of callers that a token, a user, a company or an application changed here, so that the next
/// request sees it. Changes made by other nodes are seen when the cache's lifetime (a second) is over.
/// </summary>
public sealed class CredentialChanges
{
    private long _version;

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Called after the change is durable.</summary>
    public void Notify() => Interlocked.Increment(ref _version);
}

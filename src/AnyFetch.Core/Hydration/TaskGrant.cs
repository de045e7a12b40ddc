using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Core.Hydration;

/// <summary>
/// What the access token of a hydration task stands for (hydration.md §8). Such a token is signed, not stored: it is
/// worth something for an hour at most and only while the document waits for that hydrater.
/// </summary>
/// <param name="Provider">The access token that owns the task's document, as whom the hydrater acts.</param>
/// <param name="IsTrusted">Whether the hydrater may write into a secure company.</param>
public sealed record TaskGrant(AccessTokenId Provider, bool IsTrusted)
{
    /// <summary>What the secrets of tasks begin with; those of other tokens are hexadecimal digits.</summary>
    public const string SecretPrefix = "task.";
}

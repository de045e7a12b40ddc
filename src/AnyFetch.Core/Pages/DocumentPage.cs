using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Pages;

/// <summary>
/// Documents, deletions, failures and the checkpoint of one stretch of a provider's source: made together or not at all.
/// </summary>
public sealed record DocumentPage
{
    /// <summary>Longest <see cref="Key"/>, in characters.</summary>
    public const int KeyCharsMax = 128;

    /// <summary>Longest <see cref="Checkpoint"/>, in characters.</summary>
    public const int CheckpointCharsMax = 64 * 1024;

    public required CompanyId Company { get; init; }

    public required AccessTokenId Provider { get; init; }

    /// <summary>The provider's name for the page: the same page under the same key is made once.</summary>
    public required string Key { get; init; }

    /// <summary>Differs between pages that say different things.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>Documents and deletions, in the order of their lines. No document may be among them twice.</summary>
    public required IReadOnlyList<PageStep> Steps { get; init; }

    /// <summary>What the provider could not read.</summary>
    public IReadOnlyList<PageFailure> Failures { get; init; } = [];

    /// <summary>Where the provider goes on; absent leaves the stored one, null forgets it.</summary>
    public Optional<string?> Checkpoint { get; init; }

    public required DateTimeOffset SentAt { get; init; }
}

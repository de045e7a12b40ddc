using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Documents;

/// <summary>Which names a body may use.</summary>
public enum DocumentBodyForm
{
    /// <summary><c>/documents</c> (api.md §5).</summary>
    Current,

    /// <summary>
    /// <c>/providers/documents</c>: <c>metadatas</c>, <c>update_date</c>, <c>source</c>, actions as a list too; and
    /// <c>data</c> and <c>document_type</c> as in <see cref="Current"/> (legacy-providers-api §7, 9).
    /// </summary>
    Legacy,

    /// <summary>A hydrater's answer: as <see cref="Current"/> without selectors, and <c>userAccess</c> is accepted too.</summary>
    Callback,
}

/// <summary>What a request's body says about a document, before the names in <c>user_access</c> are looked up.</summary>
public sealed record DocumentBody
{
    /// <summary>Everything but <see cref="UserAccess"/>.</summary>
    public required DocumentChange Change { get; init; }

    /// <summary>The provider's key; null when absent, null or empty.</summary>
    public Identifier? Identifier { get; init; }

    /// <summary>Our id; null when absent.</summary>
    public DocumentId? Id { get; init; }

    /// <summary>User ids and access tokens as they were sent.</summary>
    public Optional<IReadOnlyList<string>?> UserAccess { get; init; }

    /// <summary>True when a hydrater says that it failed.</summary>
    public bool HydrationErrored { get; init; }

    /// <summary>Why it failed.</summary>
    public string? HydrationError { get; init; }

    /// <summary>
    /// Keys without a meaning in this form, as they were sent, at most
    /// <see cref="DocumentChangeReader.UnknownKeysMax"/>; the caller refuses or ignores them.
    /// </summary>
    public IReadOnlyList<string> UnknownKeys { get; init; } = [];

    /// <summary>
    /// Completes the change by turning each entry of <see cref="UserAccess"/> into a user; equal users are kept once.
    /// </summary>
    /// <param name="resolve">Gives the user of the caller's company that a user id or an access token stands for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The change, or <c>InvalidArgument</c> for an entry that stands for nobody.</returns>
    public async ValueTask<DocumentChangeResult> ResolveAsync(
        Func<string, CancellationToken, ValueTask<UserId?>> resolve,
        CancellationToken cancellationToken)
    {
        if (!UserAccess.HasValue)
        {
            return new DocumentChangeResult(Change, null);
        }

        if (UserAccess.Value is not { } entries)
        {
            return new DocumentChangeResult(Change with { UserAccess = new(true, null) }, null);
        }

        var users = new List<UserId>(entries.Count);
        foreach (var entry in entries)
        {
            if (await resolve(entry, cancellationToken).ConfigureAwait(false) is not { } user)
            {
                // The entry may be an access token, so it is not repeated in the message.
                return new DocumentChangeResult(
                    null,
                    Error.InvalidArgument("'user_access' names somebody who is not a user of this company."));
            }

            if (!users.Contains(user))
            {
                users.Add(user);
            }
        }

        return new DocumentChangeResult(Change with { UserAccess = users }, null);
    }
}

/// <summary>A body, or why it cannot be read. One of the two is null.</summary>
public readonly record struct DocumentBodyResult(DocumentBody? Body, Error? Error);

/// <summary>A change, or why there is none. One of the two is null.</summary>
public readonly record struct DocumentChangeResult(DocumentChange? Change, Error? Error);

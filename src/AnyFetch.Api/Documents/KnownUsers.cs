using AnyFetch.Core.Users;

namespace AnyFetch.Api.Documents;

/// <summary>The users that entries of <c>user_access</c> stood for, so that a page asks for each once.</summary>
internal sealed class KnownUsers
{
    private const int EntriesMax = 10_000;

    private readonly Dictionary<string, UserId?> _users = new(StringComparer.Ordinal);

    public async ValueTask<UserId?> FindAsync(
        string entry, Func<string, CancellationToken, ValueTask<UserId?>> resolve, CancellationToken cancellationToken)
    {
        if (!_users.TryGetValue(entry, out var user))
        {
            user = await resolve(entry, cancellationToken).ConfigureAwait(false);
            if (_users.Count < EntriesMax)
            {
                _users.Add(entry, user);
            }
        }

        return user;
    }
}

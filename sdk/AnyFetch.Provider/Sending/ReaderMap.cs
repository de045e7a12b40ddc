using System.Collections.Concurrent;
using System.Net;
using AnyFetch.Client;

namespace AnyFetch.Provider.Sending;

/// <summary>
/// Turns the source's readers into users (provider-protocol, section 9), asking for each address and each group once a run.
/// It fails closed: whatever is not known opens nothing.
/// </summary>
internal sealed class ReaderMap(IProvider provider, FetchContext context, string token, AnyFetchProviderOptions options)
{
    private const int EmailsPerCall = 200;
    private const int KnownEmailsMax = 50_000;
    private const int KnownGroupsMax = 2_000;

    private readonly ConcurrentDictionary<string, string?> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyCollection<string>?>>> _groups = new(StringComparer.Ordinal);
    private volatile bool _isUnsupported;

    /// <summary>The addresses of an item's groups; null among them for a group whose members nobody tells.</summary>
    public async Task<IReadOnlyList<IReadOnlyCollection<string>?>> ListGroupsAsync(
        ItemAccess access, CancellationToken cancellationToken)
    {
        var lists = new List<IReadOnlyCollection<string>?>(access.Groups.Count);
        foreach (var group in access.Groups)
        {
            lists.Add(await ListGroupAsync(group).WaitAsync(cancellationToken));
        }

        return lists;

        async Task<IReadOnlyCollection<string>?> ListGroupAsync(string group)
        {
            if (provider is not IGroupSource source)
            {
                return null;
            }

            Trim(_groups, KnownGroupsMax);
            var listing = _groups.GetOrAdd(
                group, id => new(() => source.ListMembersAsync(id, context, cancellationToken)));
            try
            {
                return await listing.Value;
            }
            catch (Exception)
            {
                // The next item asks again; this one is tried again with it.
                _groups.TryRemove(KeyValuePair.Create(group, listing));
                throw;
            }
        }
    }

    /// <summary>The document as it is sent to these readers.</summary>
    public async Task<FetchResult.Send> OpenAsync(
        FetchResult.Send send, ItemAccess access, IReadOnlyList<IReadOnlyCollection<string>?> groups,
        CancellationToken cancellationToken)
    {
        if (access.IsOrganisation && options.OpenToOrganisation)
        {
            return With(send, users: null, AccessRemark.None);
        }

        var emails = access.Emails.Concat(groups.SelectMany(group => group ?? []))
            .Select(Normalize).Where(email => email.Length > 0).Distinct(StringComparer.Ordinal)
            .Take(options.ReadersMax + 1).ToList();
        if (emails.Count > options.ReadersMax)
        {
            return With(send, [token], AccessRemark.TooMany);
        }

        var users = await FindAsync(emails, cancellationToken);
        var isNamed = emails.Contains(Normalize(context.Account.Name), StringComparer.Ordinal);
        var remark = groups.Contains(null) ? AccessRemark.GroupUnknown
            : access.IsOrganisation || users.Count > 0 || isNamed ? AccessRemark.None
            : emails.Count == 0 ? AccessRemark.Unknown
            : AccessRemark.NobodyKnown;
        return With(send, [token, .. users], remark);
    }

    private static FetchResult.Send With(FetchResult.Send send, IReadOnlyList<string>? users, AccessRemark remark) => send with
    {
        Document = send.Document with { UserAccess = users, OpenToCompany = users is null },
        Remark = remark,
    };

    private async Task<IReadOnlyCollection<string>> FindAsync(List<string> emails, CancellationToken cancellationToken)
    {
        Trim(_users, KnownEmailsMax);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var email in emails)
        {
            if (!_users.TryGetValue(email, out var user))
            {
                unknown.Add(email);
            }
            else if (user is not null)
            {
                found.Add(user);
            }
        }

        foreach (var page in unknown.Chunk(EmailsPerCall))
        {
            var users = await AskAsync(page, cancellationToken);
            foreach (var email in page)
            {
                var user = users.GetValueOrDefault(email);
                _users[email] = user;
                if (user is not null)
                {
                    found.Add(user);
                }
            }
        }

        return found;
    }

    // A core that does not know the question opens nothing.
    private async Task<IReadOnlyDictionary<string, string>> AskAsync(string[] emails, CancellationToken cancellationToken)
    {
        if (_isUnsupported)
        {
            return new Dictionary<string, string>();
        }

        try
        {
            return await context.Core.FindReadersAsync(emails, cancellationToken);
        }
        catch (AnyFetchException older) when (older.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            _isUnsupported = true;
            return new Dictionary<string, string>();
        }
    }

    // Enough to spare most questions; a source with more readers than this asks some of them again.
    private static void Trim<T>(ConcurrentDictionary<string, T> known, int most)
    {
        if (known.Count > most)
        {
            known.Clear();
        }
    }

    private static string Normalize(string email) => email.Trim().ToUpperInvariant();
}

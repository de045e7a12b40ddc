using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Provider;

/// <summary>
/// Who may see an item, in the source's own words. The library turns it into <c>user_access</c> (provider-protocol,
/// section 9): addresses and the members of groups become the company's users, whoever is none is left out, and the
/// connecting user, who listed the item, always sees it. What is not known opens nothing.
/// </summary>
/// <remarks>Anyone with a link is nobody here: leave such a permission out.</remarks>
public sealed record ItemAccess
{
    /// <summary>The source would not tell: the connecting user alone sees the item, and the error list names it.</summary>
    public static ItemAccess Unknown { get; } = new() { IsUnknown = true };

    /// <summary>Addresses of people, verified by the source. Case and surrounding white space do not count.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>
    /// The source's ids of groups, shared folders and other things with members, which <see cref="IGroupSource"/> lists.
    /// Each is listed once a run, however many items name it.
    /// </summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// Anyone in the source's organisation may see it. Opens the document to the company when
    /// <see cref="AnyFetchProviderOptions.OpenToOrganisation"/> is set, and nothing otherwise.
    /// </summary>
    public bool IsOrganisation { get; init; }

    /// <summary>Whether the source would not tell. The rest does not count then.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>
    /// Changes when the readers change, whatever their order: put it into <see cref="SyncItem.Upsert.Version"/>, so that an
    /// item whose readers changed is sent again. With a <see cref="SyncItem.Upsert.ContentVersion"/> its file stays.
    /// </summary>
    public string Fingerprint()
    {
        var parts = Emails.Select(email => "e" + email.Trim().ToUpperInvariant())
            .Concat(Groups.Select(group => "g" + group))
            .Append(IsOrganisation ? "o" : "").Append(IsUnknown ? "u" : "").Order(StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }
}

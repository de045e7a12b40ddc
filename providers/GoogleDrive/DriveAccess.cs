using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>
/// Who may see a file, in the library's words. Whoever has only the link is nobody: neither anyone, nor a domain whose people
/// cannot find the file themselves.
/// </summary>
internal static class DriveAccess
{
    /// <summary>Reads what Drive tells; null is a file whose readers the person may not know.</summary>
    public static ItemAccess Read(IReadOnlyList<DrivePermission>? permissions, SourceAccount account)
    {
        if (permissions is null)
        {
            return ItemAccess.Unknown;
        }

        // A deleted account is nobody; one with a view of its own sees the name or what is published, not the content.
        var readers = permissions.Where(permission => permission is { Deleted: not true, View: null }).ToList();
        return new ItemAccess
        {
            Emails = AddressesOf(readers, "user"),
            Groups = AddressesOf(readers, "group"),
            IsOrganisation = readers.Exists(permission => permission is { Type: "domain", AllowFileDiscovery: true }
                && permission.Domain?.Equals(DomainOf(account), StringComparison.OrdinalIgnoreCase) == true),
        };
    }

    private static string[] AddressesOf(IEnumerable<DrivePermission> permissions, string type) =>
        [.. permissions.Where(permission => permission.Type == type).Select(permission => permission.EmailAddress).OfType<string>()];

    private static string? DomainOf(SourceAccount account) =>
        account.Text(GoogleConnection.EmailMember)?.Split('@') is [.., var domain] ? domain : null;
}

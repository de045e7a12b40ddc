using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.Gmail;

/// <summary>The identifiers of threads and attachments, which are addresses in Gmail's web interface too.</summary>
internal static class GmailIdentifiers
{
    /// <summary>What every identifier of an account begins with.</summary>
    public static string Root(SourceAccount account) => $"https://mail.google.com/mail/b/{Email(account)}/?cm#all/";

    public static string OfThread(SourceAccount account, string threadId) => Root(account) + threadId;

    /// <summary>What the identifiers of a thread's attachments begin with: a thread's id has no hyphen.</summary>
    public static string AttachmentsOf(string thread) => thread + "-";

    /// <summary>Where Gmail shows an attachment.</summary>
    public static string Show(SourceAccount account, string name, string messageId) =>
        $"https://mail.google.com/mail/b/{Email(account)}/#search/{Uri.EscapeDataString(name)}/{messageId}";

    private static string Email(SourceAccount account) => account.Text(GoogleConnection.EmailMember)
        ?? throw new TokenException("The account does not know its mailbox: reconnect it.");
}

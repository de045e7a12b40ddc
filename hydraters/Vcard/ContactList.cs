using System.Text;
using AnyFetch.Calendars.Contacts;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>Writes the names in an address book to the change set of its document.</summary>
internal static class ContactList
{
    /// <summary>What a contact is called, or null for a card of nothing.</summary>
    internal static string? NameOf(Contact contact) => contact.Name ?? (contact.Emails is [var email, ..] ? email.Value : null);

    internal static void Write(IReadOnlyList<Contact> contacts, HydrationContext context)
    {
        var names = contacts.Select(NameOf).OfType<string>().ToList();
        var html = new StringBuilder("<ul>\n");
        foreach (var name in names)
        {
            html.Append("<li>");
            TextCleaner.AppendHtml(html, name);
            html.Append("</li>\n");
        }

        var changes = context.Changes;
        changes.DocumentType = "document";
        // The file may have been a single contact before.
        foreach (var key in ContactMetadata.Keys.Where(context.Document.HasMetadata))
        {
            changes.Metadata[key] = null;
        }

        changes.Text = TextCleaner.Clean(string.Join('\n', names));
        changes.Html = html.Append("</ul>").ToString();
        changes.Metadata["contactsCount"] = contacts.Count;
    }
}

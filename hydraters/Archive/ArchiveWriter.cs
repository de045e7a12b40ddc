using System.Globalization;
using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Archive;

/// <summary>Writes what an archive holds to the change set of its document.</summary>
internal static class ArchiveWriter
{
    internal static void Write(List<ArchiveMember> members, string contentType, ChangeSet changes)
    {
        var unread = members.Count(member => member.Problem is not null);
        if (unread > 0 && unread == members.Count)
        {
            throw new HydrationException($"No file in the archive can be read: {members[0].Problem}.");
        }

        changes.DocumentType = "document";
        changes.ContentType = contentType;
        changes.Metadata["filesCount"] = members.Count;
        if (members.Count > 0)
        {
            changes.Text = TextCleaner.Clean(string.Join('\n', members.Select(member => member.Name)));
            changes.Html = List(members);
        }

        if (unread > 0)
        {
            changes.Truncated = true;
        }
    }

    private static string List(List<ArchiveMember> members)
    {
        var html = new StringBuilder("<ul>\n");
        foreach (var member in members)
        {
            html.Append("<li>");
            TextCleaner.AppendHtml(html, member.Name);
            html.Append(CultureInfo.InvariantCulture, $" ({member.Problem ?? $"{member.Length:N0} bytes"})</li>\n");
        }

        return html.Append("</ul>").ToString();
    }
}

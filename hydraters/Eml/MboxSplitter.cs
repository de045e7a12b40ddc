using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Mime;
using AnyFetch.Mime.Mbox;

namespace AnyFetch.Hydraters.Eml;

/// <summary>
/// Splits an mbox file. Each mail becomes a <c>file</c> of its own, <c>0001.eml</c>, so that it is hydrated, retried
/// and shown like any other
/// mail, and one broken mail of ten thousand harms no other. A document may have a thousand children: a longer file is
/// split into mbox files of a thousand mails, which are split when their turn comes.
/// </summary>
internal static class MboxSplitter
{
    private const int TotalMailsMax = 1_000_000;

    internal static async Task SplitAsync(
        EmlHydraterOptions options, HydrationContext context, CancellationToken cancellationToken)
    {
        var source = context.RequireFile().OpenRead();
        await using var closing = source.ConfigureAwait(false);
        var mails = MboxFile.Find(source, TotalMailsMax, cancellationToken);
        if (mails.Count > (long)options.MailsMax * options.MailsMax || mails.Count == TotalMailsMax)
        {
            throw new HydrationException($"The file holds more than {(long)options.MailsMax * options.MailsMax:N0} mails.");
        }

        context.Changes.DocumentType = "document";
        context.Changes.ContentType = "application/mbox";
        context.Changes.Metadata["mailsCount"] = mails.Count;
        if (context.Core is null)
        {
            return;
        }

        var groups = mails.Count <= options.MailsMax
            ? mails.Select(mail => new Group("eml", [mail]))
            : mails.Chunk(options.MailsMax).Select(chunk => new Group("mbox", chunk));
        var number = 0;
        foreach (var group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AddAsync(source, group, ++number, context, cancellationToken).ConfigureAwait(false);
        }

        await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddAsync(
        FileStream source, Group group, int number, HydrationContext context, CancellationToken cancellationToken)
    {
        var path = context.Temp.NewFilePath();
        DateTimeOffset? date;
        using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            Write(source, group, target, cancellationToken);
            date = group.Extension == "eml" ? DateOf(target) : null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{number:0000}.{group.Extension}");
        await context.Children.AddAsync(
            new ChildDraft
            {
                Name = name,
                Metadata = new JsonObject { ["title"] = name },
                File = DocumentFile.FromPath(path),
                CreationDate = date,
                ModificationDate = date,
            },
            cancellationToken).ConfigureAwait(false);
        File.Delete(path);
    }

    private static void Write(FileStream source, Group group, FileStream target, CancellationToken cancellationToken)
    {
        foreach (var mail in group.Mails)
        {
            if (group.Extension == "mbox")
            {
                MboxFile.CopyRaw(source, mail, target);
            }
            else
            {
                MboxFile.CopyMail(source, mail, target, cancellationToken);
            }
        }
    }

    private static DateTimeOffset? DateOf(FileStream mail)
    {
        mail.Position = 0;
        return MimeMessage.ReadHeader(mail, new MimeOptions()).Date;
    }

    private sealed record Group(string Extension, IReadOnlyList<MboxMail> Mails);
}

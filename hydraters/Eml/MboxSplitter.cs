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
        if (!context.HasCore)
        {
            return;
        }

        var groups = mails.Count <= options.MailsMax
            ? mails.Select(mail => new Group("eml", [mail]))
            : mails.Chunk(options.MailsMax).Select(chunk => new Group("mbox", chunk));
        var number = 0;
        foreach (var some in groups.Chunk(options.UploadsMax))
        {
            // They share the core's commits, as the attachments of a mail do.
            cancellationToken.ThrowIfCancellationRequested();
            var files = some.Select(group => Write(source, group, context, cancellationToken)).ToList();
            await Task.WhenAll(files.Select(file => AddAsync(file, ++number, context, cancellationToken)).ToList())
                .ConfigureAwait(false);
            files.ForEach(file => File.Delete(file.Path));
        }

        await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task<string> AddAsync(
        MemberFile file, int number, HydrationContext context, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:0000}.{file.Extension}");
        return context.Children.AddAsync(
            new ChildDraft
            {
                Name = name,
                Metadata = new JsonObject { ["title"] = name },
                File = DocumentFile.FromPath(file.Path),
                CreationDate = file.Date,
                ModificationDate = file.Date,
            },
            cancellationToken);
    }

    private static MemberFile Write(
        FileStream source, Group group, HydrationContext context, CancellationToken cancellationToken)
    {
        var path = context.Temp.NewFilePath();
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        Write(source, group, target, cancellationToken);
        return new MemberFile(path, group.Extension, group.Extension == "eml" ? DateOf(target) : null);
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

    private sealed record MemberFile(string Path, string Extension, DateTimeOffset? Date);

    private sealed record Group(string Extension, IReadOnlyList<MboxMail> Mails);
}

using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Text;
using AnyFetch.Hydraters.Eml.Outlook;
using AnyFetch.Mime.Mbox;

namespace AnyFetch.Hydraters.Eml;

/// <summary>
/// Reads mails (hydraters.md §10): Internet mail, Outlook's <c>.msg</c>, and mbox files, which are split into mails.
/// Attachments become
/// documents of their own.
/// </summary>
public sealed class EmlHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "eml";

    private const int HeadBytes = 1024;
    private const string Outlook = "application/vnd.ms-outlook";

    private readonly EmlHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public EmlHydrater(EmlHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Reads e-mails and makes documents of their attachments.",
            Priority = 10,
            Filters =
            [
                FilterBuilder.ForType("file").WithExtension("eml", "msg", "mbox", "mbx").WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType("message/rfc822").WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType(Outlook).WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType("application/mbox").WithFile().Build(),
            ],
            Excludes = [Plaintext.PlaintextHydrater.ShortName],
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return await ReadAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw new HydrationException("The mail is damaged.", error);
        }
    }

    private async Task<HydrationResult> ReadAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        if (IsMbox(context))
        {
            await MboxSplitter.SplitAsync(_options, context, cancellationToken).ConfigureAwait(false);
            return HydrationResult.Changed(context.Changes);
        }

        using var mail = Read(context, cancellationToken);
        var attachments = MailWriter.Write(mail, _options, context.Changes);
        await SendAsync(attachments, mail, context, cancellationToken).ConfigureAwait(false);
        return HydrationResult.Changed(context.Changes);
    }

    private Mail Read(HydrationContext context, CancellationToken cancellationToken)
    {
        var file = context.RequireFile();
        if (file.Length == 0)
        {
            throw new HydrationException("The file is empty.");
        }

        return file.Content.ContentType is Outlook or "application/x-ole-storage"
            ? OutlookMailReader.Read(_options, context)
            : MimeMailReader.Read(_options, context, cancellationToken);
    }

    private static bool IsMbox(HydrationContext context)
    {
        if (context.Document.Extension == "eml")
        {
            // A single mail that was saved with its separator line.
            return false;
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        using var file = context.RequireFile().OpenRead();
        return MboxFile.IsMbox(head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)]);
    }

    /// <summary>Makes documents of the attachments; without a token from the core the mail is all there is.</summary>
    private async Task SendAsync(
        IReadOnlyList<MailAttachment> attachments, Mail mail, HydrationContext context, CancellationToken cancellationToken)
    {
        if (!context.HasCore)
        {
            return;
        }

        var children = context.Children;
        foreach (var some in attachments.Chunk(_options.UploadsMax))
        {
            // Each upload waits for a commit of the core, and commits are shared: those that go together take the time of one.
            var uploads = new List<Task>();
            try
            {
                foreach (var attachment in some)
                {
                    var file = await children.FileOfAsync(attachment.Open(), _options.AttachmentBytesMax, cancellationToken)
                        .ConfigureAwait(false);
                    uploads.Add(children.AddAsync(ToChild(attachment, mail, file), cancellationToken));
                }
            }
            finally
            {
                await Task.WhenAll(uploads).ConfigureAwait(false);
            }
        }

        await children.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ChildDraft ToChild(MailAttachment attachment, Mail mail, DocumentFile file) => new()
    {
        Name = attachment.Name,
        Metadata = new JsonObject { ["title"] = TextCleaner.CleanAndSqueeze(attachment.Name) },
        File = file,
        CreationDate = mail.Date,
        ModificationDate = mail.Date,
    };
}

using System.Xml;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydraters.Plaintext.Formats;

namespace AnyFetch.Hydraters.Plaintext;

/// <summary>Extracts text and a simple display from any file (hydraters.md §2).</summary>
public sealed class PlaintextHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "plaintext";

    private readonly PlaintextHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public PlaintextHydrater(PlaintextHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Extracts the text of documents.",
            Filters = [FilterBuilder.ForType("file").WithFile().Build()],
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            ToolContentTypes = ["application/pdf"],
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var file = context.RequireFile();
        var content = file.Content;
        RefuseDamaged(content, file.Length);
        var document = new ExtractedDocument(_options.ExtractedBytesMax) { ContentType = content.ContentType };
        var hasBody = await ReadAsync(document, content, context, cancellationToken).ConfigureAwait(false);
        Write(document, hasBody, context);
        return HydrationResult.Changed(context.Changes);
    }

    private async Task<bool> ReadAsync(
        ExtractedDocument document, SniffedContent content, HydrationContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (content.ContentType == "application/pdf")
            {
                await PdfFormat.ReadAsync(document, context, _options, cancellationToken).ConfigureAwait(false);
                return true;
            }

            if (LegacyOfficeFormat.Knows(content.ContentType))
            {
                await LegacyOfficeFormat.ReadAsync(document, context, _options, cancellationToken).ConfigureAwait(false);
                return true;
            }

            // A mail or an export of notes was told by its content, not by its name: its hydrater matches once the type is known.
            return !IsForAnother(content) && FormatTable.Find(content) is { } read
                && Read(read, document, context.RequireFile(), cancellationToken);
        }
        catch (Exception error) when (error is XmlException or InvalidDataException or EndOfStreamException)
        {
            throw new HydrationException($"The file is damaged and cannot be read as {content.ContentType}.", error);
        }
    }

    private bool Read(
        FormatReader read, ExtractedDocument document, HydrationFile file, CancellationToken cancellationToken)
    {
        read(new FormatInput(file.Path, _options.TextFileBytesMax), document, cancellationToken);
        return true;
    }

    private static bool IsForAnother(SniffedContent content) =>
        content.ContentType is "message/rfc822" or "application/mbox" && content.ClaimedType is null
        || content.ContentType == Enex.EnexHydrater.ContentType && content.ClaimedType != content.ContentType;

    private void Write(ExtractedDocument document, bool hasBody, HydrationContext context)
    {
        var changes = context.Changes;
        if (document.IsFull && !_options.KeepTruncatedText)
        {
            // More than anybody reads: nothing is written, and that is not an error (hydraters.md §2).
            return;
        }

        changes.ContentType = document.ContentType;
        if (!hasBody)
        {
            return;
        }

        changes.DocumentType = "document";
        var text = document.ToText();
        if (text.Length > 0)
        {
            changes.Text = text;
            changes.Html = document.ToHtml();
        }

        if (document.IsFull)
        {
            changes.Truncated = true;
        }

        if (_options.WritesDocumentInfo)
        {
            WriteInfo(document, context.Document, changes);
        }
    }

    private static void WriteInfo(ExtractedDocument document, HydrationDocument before, ChangeSet changes)
    {
        if (DocumentInfo.CleanTitle(document.Title) is { } title && !before.HasMetadata("title"))
        {
            changes.Metadata["title"] = title;
        }

        if (DocumentInfo.Clean(document.Author) is { } author && !before.HasMetadata("author"))
        {
            changes.Metadata["author"] = author;
        }

        if (document.Pages is { } pages)
        {
            changes.Metadata["pages"] = pages;
        }
    }

    private static void RefuseDamaged(SniffedContent content, long length)
    {
        if (content.ContentType == "application/x-ole-encrypted")
        {
            throw new HydrationException("The document is protected by encryption: its text cannot be read without the password.");
        }

        // A name that promises a document and bytes that are none: a broken download or a disguise.
        var isUnknown = content.ContentType is SniffedContent.Unknown or "application/zip" or "application/x-ole-storage"
            || length == 0;
        if (isUnknown && content.ClaimedType is { } claimed && FormatTable.IsBinaryDocument(claimed))
        {
            throw new HydrationException($"The file is damaged: its content is not {claimed}, as its name says.");
        }
    }
}

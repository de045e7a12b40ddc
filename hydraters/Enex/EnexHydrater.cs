using System.Xml;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Enex;

/// <summary>
/// Makes notes of what Evernote exports, for those whose accounts no provider can read (providers.md §7): a <c>note</c> for
/// each, with its attachments.
/// </summary>
public sealed class EnexHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "enex";

    internal const string ContentType = "application/enex+xml";

    private readonly EnexHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public EnexHydrater(EnexHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Makes notes of Evernote's exports.",
            Filters =
            [
                FilterBuilder.ForType("file").WithExtension("enex").WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType(ContentType).WithFile().Build(),
            ],
            Priority = 10,
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
        var survey = Survey(context.RequireFile(), cancellationToken);
        context.Changes.DocumentType = "document";
        context.Changes.ContentType = ContentType;
        context.Changes.Metadata["notesCount"] = survey.Notes;
        if (!context.HasCore)
        {
            return HydrationResult.Changed(context.Changes);
        }

        if (survey.Parts > 1)
        {
            await EnexSplitter.SplitAsync(survey, context, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await AddNotesAsync(context, cancellationToken).ConfigureAwait(false);
        }

        // Notes that an earlier export had and this one has not are deleted.
        await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return HydrationResult.Changed(context.Changes);
    }

    // Nothing is made of an export before it was read to its end.
    private EnexSurvey Survey(HydrationFile file, CancellationToken cancellationToken)
    {
        using var export = file.OpenRead();
        try
        {
            return EnexSurvey.Of(export, _options, cancellationToken);
        }
        catch (Exception error) when (error is XmlException or InvalidDataException)
        {
            throw new HydrationException("The file is no export of notes, or is damaged.", error);
        }
    }

    private async Task AddNotesAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        var drafts = new EnexDrafts(_options, context.Document);
        var export = context.RequireFile().OpenRead();
        await using var closing = export.ConfigureAwait(false);
        var notes = new EnexReader(_options, NewPath).Read(export, cancellationToken);
        await context.Children.AddAllAsync(
            notes.SelectMany(note => drafts.Of(note, NewPath)), cancellationToken).ConfigureAwait(false);

        string NewPath() => context.Temp.NewFilePath();
    }
}

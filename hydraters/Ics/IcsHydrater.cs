using System.Text.Json;
using AnyFetch.Calendars;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Ics;

/// <summary>Splits a calendar file into events; the document of the file itself goes (hydraters.md §12).</summary>
public sealed class IcsHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "ics";

    private readonly IcsHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public IcsHydrater(IcsHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Makes events of calendars.",
            Filters =
            [
                FilterBuilder.ForType("file").WithExtension("ics", "ical", "ifb", "vcs").WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType("text/calendar").WithFile().Build(),
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
        var text = await context.RequireFile().ReadTextAsync(_options.FileBytesMax, cancellationToken).ConfigureAwait(false);
        var calendar = CalendarReader.Read(text) ?? throw new HydrationException("The file holds no calendar.");
        var entries = Newest(calendar.Events, context.Document.Identifier);
        if (entries.Count == 0 && _options.KeepEmpty)
        {
            return HydrationResult.Nothing;
        }

        if (entries.Count > ChildDocuments.CountMax)
        {
            throw new HydrationException($"The calendar holds more than {ChildDocuments.CountMax:N0} events.");
        }

        foreach (var (identifier, entry) in entries)
        {
            if (entry.Status == "CANCELLED")
            {
                await context.Children.DeleteAsync(identifier, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await context.Children.AddAsync(Draft(identifier, entry, context.Document), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        // Events that an earlier version of the file had and this one has not are deleted with it.
        await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await context.DeleteDocumentAsync(cancellationToken).ConfigureAwait(false);
        return HydrationResult.Deleted;
    }

    /// <summary>Of two entries with one identifier the later revision counts, of equal ones the later in the file.</summary>
    private static Dictionary<string, CalendarEntry> Newest(IReadOnlyList<CalendarEntry> events, string file)
    {
        var newest = new Dictionary<string, CalendarEntry>(StringComparer.Ordinal);
        foreach (var entry in events)
        {
            var identifier = EventIdentifier.Of(file, entry);
            if (!newest.TryGetValue(identifier, out var known) || entry.Sequence >= known.Sequence)
            {
                newest[identifier] = entry;
            }
        }

        return newest;
    }

    private static ChildDraft Draft(string identifier, CalendarEntry entry, HydrationDocument file) => new()
    {
        Identifier = identifier,
        DocumentType = "event",
        Metadata = EventMetadata.Of(entry),
        Actions = file.Actions.EnumerateObject().Where(action => action.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(action => action.Name, action => action.Value.GetString()!, StringComparer.Ordinal),
    };
}

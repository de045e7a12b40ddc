using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Event;

/// <summary>Dates an event by its start, so that calendars sort by when things happen (hydraters.md §13).</summary>
public sealed class EventHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "event";

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; } = new()
    {
        ShortName = ShortName,
        Description = "Dates events by when they start.",
        Filters = [FilterBuilder.ForType("event").Build()],
        NeedsFile = false,
        RerunOn = ["metadata.startDate"],
        NeedsIsolation = false,
        Concurrency = 8,
    };

    /// <inheritdoc />
    public Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isDate = DateTimeOffset.TryParseExact(
            context.Document.MetadataText("startDate"), s_formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start);
        if (context.Document.DocumentType == "event" && isDate)
        {
            context.Changes.ModificationDate = start;
        }

        return Task.FromResult(HydrationResult.Changed(context.Changes));
    }
}

using AnyFetch.Hydrater;
using AnyFetch.Hydraters.Archive;
using AnyFetch.Hydraters.Deduplicator;
using AnyFetch.Hydraters.Embedmail;
using AnyFetch.Hydraters.Eml;
using AnyFetch.Hydraters.Enex;
using AnyFetch.Hydraters.Event;
using AnyFetch.Hydraters.Filecleaner;
using AnyFetch.Hydraters.Ics;
using AnyFetch.Hydraters.Image;
using AnyFetch.Hydraters.Iptc;
using AnyFetch.Hydraters.Markdown;
using AnyFetch.Hydraters.Ocr;
using AnyFetch.Hydraters.Office;
using AnyFetch.Hydraters.Pdf;
using AnyFetch.Hydraters.Pdfocr;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Vcard;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydraters;

/// <summary>The hydraters that come with AnyFetch, with the ids that the API shows for them (api.md §5).</summary>
public static class BuiltInHydraters
{
    private const string IdPrefix = "5252ce4ce4cfcd16f55cfb";

    /// <summary>All of them, in the order of their registration, which settles equal priorities.</summary>
    public static IReadOnlyList<BuiltInHydrater> All { get; } =
    [
        new(IdPrefix + "00", PlaintextHydrater.ShortName, static services => services.AddPlaintextHydrater()),
        new(IdPrefix + "01", PdfHydrater.ShortName, static services => services.AddPdfHydrater()),
        new(IdPrefix + "02", OfficeHydrater.ShortName, static services => services.AddOfficeHydrater()),
        new(IdPrefix + "03", ImageHydrater.ShortName, static services => services.AddImageHydrater()),
        new(IdPrefix + "04", OcrHydrater.ShortName, static services => services.AddOcrHydrater()),
        new(IdPrefix + "05", IptcHydrater.ShortName, static services => services.AddIptcHydrater()),
        new(IdPrefix + "06", MarkdownHydrater.ShortName, static services => services.AddMarkdownHydrater()),
        new(IdPrefix + "07", EmlHydrater.ShortName, static services => services.AddEmlHydrater()),
        new(IdPrefix + "08", EmbedmailHydrater.ShortName, static services => services.AddEmbedmailHydrater()),
        new(IdPrefix + "09", IcsHydrater.ShortName, static services => services.AddIcsHydrater()),
        new(IdPrefix + "10", FilecleanerHydrater.ShortName, static services => services.AddFilecleanerHydrater()),
        new(IdPrefix + "13", ArchiveHydrater.ShortName, static services => services.AddArchiveHydrater()),
        new(IdPrefix + "14", PdfocrHydrater.ShortName, static services => services.AddPdfocrHydrater(), IsDefault: false),
        new(IdPrefix + "15", VcardHydrater.ShortName, static services => services.AddVcardHydrater()),
        new(IdPrefix + "16", EnexHydrater.ShortName, static services => services.AddEnexHydrater()),
        new(IdPrefix + "11", DeduplicatorHydrater.ShortName, static services => services.AddDeduplicatorHydrater()),
        new(IdPrefix + "12", EventHydrater.ShortName, static services => services.AddEventHydrater()),
    ];

    /// <summary>Registers all built-in hydraters; resolve them as <c>IEnumerable&lt;IHydrater&gt;</c>.</summary>
    public static IServiceCollection AddBuiltInHydraters(this IServiceCollection services)
    {
        foreach (var hydrater in All)
        {
            hydrater.Add(services);
        }

        return services;
    }

    /// <summary>Whether a new company runs the built-in hydrater of that short name.</summary>
    public static bool IsDefault(string shortName) => All.Any(h => h.ShortName == shortName && h.IsDefault);

    /// <summary>The id of a built-in hydrater by its short name, or null.</summary>
    public static string? IdOf(string shortName) => All.FirstOrDefault(h => h.ShortName == shortName)?.Id;
}

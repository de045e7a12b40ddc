using System.Collections;
using AnyFetch.Client;
using AnyFetch.Hydraters.Archive;
using AnyFetch.Hydraters.Deduplicator;
using AnyFetch.Hydraters.Embedmail;
using AnyFetch.Hydraters.Eml;
using AnyFetch.Hydraters.Enex;
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
using AnyFetch.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Hydraters;

/// <summary>What can be configured of each built-in hydrater, in the server, in its workers and for a hydrater on its own.</summary>
internal static class BuiltInHydraterSections
{
    private const string FilecleanerPath = "Hydraters:Filecleaner";

    /// <summary>All of them; the event hydrater has nothing to configure.</summary>
    internal static IReadOnlyList<OptionSection> All { get; } =
    [
        OptionSection.Of<ArchiveHydraterOptions>("Hydraters:Archive"),
        OptionSection.Of<DeduplicatorHydraterOptions>("Hydraters:Deduplicator"),
        OptionSection.Of<EmbedmailHydraterOptions>("Hydraters:Embedmail"),
        OptionSection.Of<EmlHydraterOptions>("Hydraters:Eml"),
        OptionSection.Of<EnexHydraterOptions>("Hydraters:Enex"),
        OptionSection.Of<FilecleanerHydraterOptions>(FilecleanerPath),
        OptionSection.Of<IcsHydraterOptions>("Hydraters:Ics"),
        OptionSection.Of<ImageHydraterOptions>("Hydraters:Image"),
        OptionSection.Of<IptcHydraterOptions>("Hydraters:Iptc"),
        OptionSection.Of<MarkdownHydraterOptions>("Hydraters:Markdown"),
        OptionSection.Of<OcrHydraterOptions>("Hydraters:Ocr"),
        OptionSection.Of<OfficeHydraterOptions>("Hydraters:Office"),
        OptionSection.Of<PdfHydraterOptions>("Hydraters:Pdf"),
        OptionSection.Of<PdfocrHydraterOptions>("Hydraters:Pdfocr"),
        OptionSection.Of<PlaintextHydraterOptions>("Hydraters:Plaintext"),
        OptionSection.Of<VcardHydraterOptions>("Hydraters:Vcard"),
    ];

    /// <summary>What the filecleaner takes for junk.</summary>
    internal static JunkNames JunkOf(IConfiguration configuration)
    {
        var options = new FilecleanerHydraterOptions();
        OptionSection.Bind(configuration, FilecleanerPath, options);
        return new JunkNames(options.JunkNames, options.JunkFolders);
    }

    /// <summary>What is configured, as <c>key=value</c> for a worker's command line.</summary>
    internal static IReadOnlyList<string> SettingsOf(IConfiguration configuration) =>
    [
        .. All.SelectMany(section => configuration.GetSection(section.Path).AsEnumerable())
            .Where(setting => setting.Value is not null)
            .Select(setting => $"{setting.Key}={setting.Value}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Binds what <see cref="SettingsOf"/> wrote.</summary>
    internal static void Register(IServiceCollection services, IReadOnlyList<string> settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Where(pair => pair.Length == 2);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
        Register(services, configuration);
    }

    /// <summary>Binds what a configuration holds.</summary>
    internal static void Register(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var section in All)
        {
            section.Register(services, configuration);
        }
    }

    /// <summary>What the environment says of them, for a hydrater without a server's configuration.</summary>
    /// <exception cref="ConfigurationFaultException">With every fault that was found.</exception>
    internal static IConfiguration Load(IDictionary environment)
    {
        var keys = All.SelectMany(section => section.Keys).ToList();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(EnvironmentKeys.Read(environment, keys, new HashSet<string>()).Settings).Build();
        ServerConfiguration.SplitLists(configuration, All);
        var faults = ConfigurationCheck.FindFaults(configuration, All);
        return faults.Count == 0 ? configuration : throw new ConfigurationFaultException(faults);
    }
}

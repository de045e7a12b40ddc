using System.Globalization;
using AnyFetch.Core.Companies;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Hydration;

/// <summary>What an administrator says about how the company's documents are hydrated. Empty fields leave it to the server.</summary>
internal sealed record HydrationForm
{
    private static readonly char[] s_separators = [' ', ',', '+', '\t'];

    /// <summary>Names with commas between them.</summary>
    public string Languages { get; init; } = "";

    /// <summary>No file is junk by its name, whatever the list says.</summary>
    public bool KeepsFiles { get; init; }

    public IReadOnlyList<string> JunkNames { get; init; } = [];

    /// <summary>No folder is junk, whatever the list says.</summary>
    public bool KeepsFolders { get; init; }

    public IReadOnlyList<string> JunkFolders { get; init; } = [];

    public string Seconds { get; init; } = "";

    public bool KeepsOriginals { get; init; }

    public static HydrationForm Of(CompanyHydration settings) => new()
    {
        Languages = string.Join(", ", settings.Languages ?? []),
        KeepsFiles = settings.JunkNames is [],
        JunkNames = settings.JunkNames ?? [],
        KeepsFolders = settings.JunkFolders is [],
        JunkFolders = settings.JunkFolders ?? [],
        Seconds = settings.CallbackSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
        KeepsOriginals = settings.KeepsOriginals,
    };

    public static HydrationForm Read(IFormCollection form) => new()
    {
        Languages = form["languages"].ToString().Trim(),
        KeepsFiles = form["keeps_files"] == "true",
        JunkNames = Lines(form["junk_names"].ToString()),
        KeepsFolders = form["keeps_folders"] == "true",
        JunkFolders = Lines(form["junk_folders"].ToString()),
        Seconds = form["callback_seconds"].ToString().Trim(),
        KeepsOriginals = form["keep_originals"] == "true",
    };

    /// <summary>What is wrong, in words for whoever filled it in; null when nothing is.</summary>
    public string? FindFault()
    {
        var settings = ToSettings();
        var seconds = Seconds.Length > 0 && settings.CallbackSeconds is null ? 0 : settings.CallbackSeconds;
        return Fault("Languages of print", CompanyHydration.FindLanguagesFault(settings.Languages))
            ?? Fault("Files that nobody looks for", CompanyHydration.FindJunkFault(settings.JunkNames, CompanyHydration.JunkNamesMax))
            ?? Fault("Folders that nobody looks into", CompanyHydration.FindJunkFault(settings.JunkFolders, CompanyHydration.JunkFoldersMax))
            ?? Fault("Seconds for an answer", CompanyHydration.FindSecondsFault(seconds));
    }

    public CompanyHydration ToSettings() => new()
    {
        Languages = Said(Languages.Split(s_separators, StringSplitOptions.RemoveEmptyEntries)),
        JunkNames = KeepsFiles ? [] : Said(JunkNames),
        JunkFolders = KeepsFolders ? [] : Said(JunkFolders),
        CallbackSeconds = int.TryParse(Seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        KeepsOriginals = KeepsOriginals,
    };

    private static IReadOnlyList<string>? Said(IReadOnlyList<string> names) => names.Count > 0 ? names : null;

    private static string? Fault(string field, string? why) => why is null ? null : $"\"{field}\" {why}.";

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

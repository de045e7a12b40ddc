using System.Text.Json;
using AnyFetch.Client;

namespace AnyFetch.Hydrater;

/// <summary>
/// What a document's company says about how it is to be hydrated; the server's own configuration stands for what it leaves out. The
/// core sends it as <c>company</c> of the task's document, and only when there is something to say.
/// </summary>
public sealed record CompanySettings
{
    private static readonly CompanySettings Unsaid = new();

    /// <summary>The languages of print, by tesseract's names, such as <c>deu</c>; null leaves them to the hydrater.</summary>
    public IReadOnlyList<string>? OcrLanguages { get; init; }

    /// <summary>Names of files that are junk (<see cref="AnyFetch.Client.JunkNames.Files"/>); null leaves them to the hydrater.</summary>
    public IReadOnlyList<string>? JunkNames { get; init; }

    /// <summary>Names of folders that are junk (<see cref="AnyFetch.Client.JunkNames.Folders"/>); null leaves them to the hydrater.</summary>
    public IReadOnlyList<string>? JunkFolders { get; init; }

    /// <summary>What is junk for the company.</summary>
    /// <param name="otherwise">What is junk where it does not say so.</param>
    public JunkNames JunkOr(JunkNames otherwise)
    {
        ArgumentNullException.ThrowIfNull(otherwise);
        return JunkNames is null && JunkFolders is null
            ? otherwise
            : new JunkNames(JunkNames ?? otherwise.Files, JunkFolders ?? otherwise.Folders);
    }

    /// <summary>Reads what a task says. Anything that makes no sense counts as unsaid.</summary>
    internal static CompanySettings Of(JsonElement document) =>
        !document.TryGetProperty("company", out var company) || company.ValueKind != JsonValueKind.Object
            ? Unsaid
            : new CompanySettings
            {
                OcrLanguages = Texts(company, "ocr_languages"),
                JunkNames = Junk(company, "junk_names", Client.JunkNames.FilesMax),
                JunkFolders = Junk(company, "junk_folders", Client.JunkNames.FoldersMax),
            };

    private static IReadOnlyList<string>? Junk(JsonElement company, string name, int most) =>
        Texts(company, name) is { } names && Client.JunkNames.FindFault(names, most) is null ? names : null;

    private static IReadOnlyList<string>? Texts(JsonElement company, string name) =>
        company.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : null;
}

using System.Globalization;
using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>Reads page images with tesseract, one process a page, and keeps what looks like words.</summary>
internal sealed class Tesseract(ToolRunner tools, IReadOnlyList<string> languages, double confidenceMin, ToolLimits limits)
{
    /// <summary>Processor time that a page is promised at each step before it yields: people find it by its text.</summary>
    internal const double PromisedSeconds = 3;

    private const string Program = "tesseract";

    /// <summary>The level of a row that holds a word, in tesseract's table.</summary>
    private const string WordLevel = "5";

    private static readonly string[] DataFolders = ["/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata"];

    /// <summary>Reads in the languages of the document's company, or else in those of the hydrater.</summary>
    /// <exception cref="HydrationException">None of the company's languages is installed.</exception>
    internal static Tesseract For(HydrationContext context, IReadOnlyList<string> otherwise, double confidenceMin, ToolLimits limits)
    {
        var languages = context.Document.Company.OcrLanguages ?? otherwise;
        return Missing(languages) is { } reason
            ? throw new HydrationException(reason)
            : new Tesseract(context.Tools, languages, confidenceMin, limits);
    }

    /// <summary>Why text cannot be recognised on this machine, or null.</summary>
    internal static string? Missing(IReadOnlyList<string> languages) =>
        ToolFinder.Missing(Program)
        ?? (Installed(languages).Count > 0 ? null : $"Not installed: tesseract's data for {string.Join(", ", languages)}.");

    /// <summary>The text of a page: a line for each line, an empty one between paragraphs. Empty when nothing can be believed.</summary>
    internal async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var command = new ToolCommand(
            Program, [path, "stdout", "-l", string.Join('+', Installed(languages)), "--psm", "1", "tsv"])
        {
            Limits = limits,
            Environment = new Dictionary<string, string> { ["OMP_THREAD_LIMIT"] = "1" },
            IsBackground = true,
            PromisedSeconds = PromisedSeconds,
        };
        var result = await tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return TextOf(result.OrThrow("page image").OutputText);
    }

    private string TextOf(string table)
    {
        var text = new StringBuilder();
        double confidence = 0;
        int words = 0, line = -1, paragraph = -1;
        var tokens = new List<string>();
        foreach (var row in table.Split('\n').Select(row => row.Split('\t')).Where(row => row.Length >= 12 && row[0] == WordLevel))
        {
            var (block, part, number) = (Number(row[2]), Number(row[3]), Number(row[4]));
            if ((block * 1000 + part, number) != (paragraph, line))
            {
                EndLine(text, tokens);
                text.Append(block * 1000 + part != paragraph ? "\n" : "");
                (paragraph, line) = (block * 1000 + part, number);
            }

            confidence += double.TryParse(row[10], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
            words++;
            tokens.Add(row[11].Trim());
        }

        EndLine(text, tokens);
        return words == 0 || confidence / words < confidenceMin ? "" : text.ToString().Trim();
    }

    private static void EndLine(StringBuilder text, List<string> tokens)
    {
        var kept = string.Join(' ', tokens.Where(token => token.Length > 0 && !GarbageFilter.IsGarbage(token)));
        text.Append(kept).Append(kept.Length > 0 ? "\n" : "");
        tokens.Clear();
    }

    private static List<string> Installed(IReadOnlyList<string> languages) =>
        [.. languages.Where(language => language.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && DataFolders.Any(folder => Has(folder, language)))];

    private static bool Has(string folder, string language)
    {
        var file = language + ".traineddata";
        return File.Exists(Path.Combine(folder, file)) || (Directory.Exists(folder)
            && Directory.EnumerateDirectories(folder).Any(version => File.Exists(Path.Combine(version, "tessdata", file))));
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
}

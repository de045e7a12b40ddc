using System.Globalization;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>What a PDF says about itself, as <c>pdfinfo</c> prints it.</summary>
internal sealed record PdfInfo(string? Title, string? Author, int Pages)
{
    /// <summary>The longer sides of the pages that were asked for, in points, by page number from 1.</summary>
    internal IReadOnlyDictionary<int, double> LongerSides { get; private init; } = new Dictionary<int, double>();

    internal static PdfInfo Parse(string text)
    {
        string? title = null, author = null;
        var pages = 0;
        var sides = new Dictionary<int, double>();
        foreach (var line in text.Split('\n'))
        {
            // The first of each name is the real one: values may hold line ends.
            title ??= Value(line, "Title:");
            author ??= Value(line, "Author:");
            pages = pages == 0 && int.TryParse(Value(line, "Pages:"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count : pages;
            AddSide(line, sides);
        }

        return new PdfInfo(title, author, pages) { LongerSides = sides };
    }

    /// <summary>A line such as <c>Page    1 size:  595.28 x 841.89 pts (A4)</c>.</summary>
    private static void AddSide(string line, Dictionary<int, double> sides)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Page", var page, "size:", var width, "x", var height, "pts", ..]
            && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && double.TryParse(width, NumberStyles.Float, CultureInfo.InvariantCulture, out var w)
            && double.TryParse(height, NumberStyles.Float, CultureInfo.InvariantCulture, out var h))
        {
            sides.TryAdd(number, Math.Max(w, h));
        }
    }

    private static string? Value(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..].Trim() : null;
}

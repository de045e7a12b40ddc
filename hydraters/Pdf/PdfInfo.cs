using System.Globalization;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>What a PDF says about itself, as <c>pdfinfo</c> prints it.</summary>
internal sealed record PdfInfo(string? Title, string? Author, int Pages)
{
    internal static PdfInfo Parse(string text)
    {
        string? title = null, author = null;
        var pages = 0;
        foreach (var line in text.Split('\n'))
        {
            // The first of each name is the real one: values may hold line ends.
            title ??= Value(line, "Title:");
            author ??= Value(line, "Author:");
            pages = pages == 0 && int.TryParse(Value(line, "Pages:"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count : pages;
        }

        return new PdfInfo(title, author, pages);
    }

    private static string? Value(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..].Trim() : null;
}

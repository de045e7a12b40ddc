using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>
/// The first pages of a PDF as a display fragment: each page a picture and its text, so that it can be read, searched and
/// copied. Nothing of the PDF itself reaches the fragment: no script, no link, no font.
/// </summary>
internal sealed class PdfPages(HydrationContext context, string path, PdfHydraterOptions options)
{
    /// <summary>The programs that must be installed.</summary>
    internal static readonly string[] Programs = [PdfProbe.Program, "pdftotext", "pdftoppm"];

    /// <summary>What a program that crashed leaves; the pages before are good.</summary>
    private const int CrashExitCode = 139;

    /// <summary>A data URI that the sanitiser lets through has at most 2 MB; base64 is a third longer than the picture.</summary>
    private const int PictureBytesMax = 1_480_000;

    private const int OutputBytesMax = 1 << 20;

    private const int TextBytesMax = 2 << 20;

    /// <summary>What is left of the resolution when a display gets too large, in percent, step by step.</summary>
    private static readonly int[] Resolutions = [100, 70, 45];

    internal Task<PdfInfo> ReadInfoAsync(CancellationToken cancellationToken) =>
        PdfProbe.ReadAsync(context.Tools, path, 1, Limits(OutputBytesMax), cancellationToken);

    /// <summary>The fragment. Throws <see cref="HydrationException"/> when there is nothing to show.</summary>
    internal async Task<string> DrawAsync(CancellationToken cancellationToken)
    {
        var texts = await ReadTextAsync(cancellationToken).ConfigureAwait(false);
        foreach (var resolution in Resolutions)
        {
            var pictures = await DrawAsync(options.PageSidePixels * resolution / 100, cancellationToken).ConfigureAwait(false);
            var fits = pictures.All(p => p.Length <= PictureBytesMax)
                && (pictures.Sum(p => (long)p.Length) * 4 / 3) + texts.Sum(t => (long)t.Length * 3) <= options.HtmlBytesMax;
            if (fits)
            {
                return Write(pictures, texts);
            }
        }

        return Write([], texts);
    }

    private async Task<string[]> ReadTextAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            "pdftotext", ["-enc", "UTF-8", "-l", Last, path, "-"], TextBytesMax, cancellationToken).ConfigureAwait(false);
        var text = result.End == ToolEnd.OutputFull ? result.OutputText : result.OrThrow("PDF").OutputText;
        return [.. text.TrimEnd('\f').Split('\f').Take(options.PagesMax).Select(page => page.Trim())];
    }

    private async Task<List<byte[]>> DrawAsync(int side, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(context.Temp.NewFilePath()).FullName;
        var result = await RunAsync(
            "pdftoppm",
            [
                "-jpeg", "-jpegopt", "quality=75,optimize=y", "-l", Last, "-scale-to",
                side.ToString(CultureInfo.InvariantCulture), path, folder + "/page",
            ],
            OutputBytesMax, cancellationToken).ConfigureAwait(false);
        var files = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0 || result.ExitCode != CrashExitCode)
        {
            result.OrThrow("PDF");
        }

        var pictures = new List<byte[]>();
        foreach (var file in files)
        {
            pictures.Add(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
        }

        Directory.Delete(folder, recursive: true);
        return pictures.Count > 0 ? pictures : throw new HydrationException("The PDF is damaged: it has no page that can be drawn.");
    }

    /// <summary>Displays are megabytes long: each character is written once, where it stays.</summary>
    private static string Write(List<byte[]> pictures, string[] texts)
    {
        var pages = Enumerable.Range(0, Math.Max(pictures.Count, texts.Length)).Select(number => new PdfPage(
            number + 1,
            number < pictures.Count ? pictures[number] : [],
            number < texts.Length ? texts[number] : "")).ToList();
        return string.Create(pages.Sum(page => page.Length) + Math.Max(pages.Count - 1, 0), pages, static (html, pages) =>
        {
            foreach (var page in pages)
            {
                if (page.Number > 1)
                {
                    html[0] = '\n';
                    html = html[1..];
                }

                page.WriteTo(html);
                html = html[page.Length..];
            }
        });
    }

    private string Last => options.PagesMax.ToString(CultureInfo.InvariantCulture);

    private Task<ToolResult> RunAsync(
        string program, string[] arguments, int outputBytesMax, CancellationToken cancellationToken) => context.Tools.RunAsync(
        new ToolCommand(program, arguments)
        {
            Limits = Limits(outputBytesMax),
            IsBackground = true,
        },
        cancellationToken);

    private ToolLimits Limits(int outputBytesMax) =>
        ToolLimits.Within(options.TimeoutSeconds, options.ToolMemoryBytesMax) with { OutputBytesMax = outputBytesMax };
}

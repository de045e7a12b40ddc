using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Ocr;

namespace AnyFetch.Hydraters.Pdfocr;

/// <summary>Draws pages of a PDF in grey, one process a page.</summary>
internal sealed class PdfPicture(HydrationContext context, ToolLimits limits)
{
    /// <summary>The program that must be installed.</summary>
    internal const string Program = "pdftoppm";

    /// <summary>The page as a PGM file in the task's folder. Its longer side has so many pixels, whatever the page says.</summary>
    internal async Task<string> DrawAsync(int page, int side, CancellationToken cancellationToken)
    {
        var path = context.Temp.NewFilePath();
        var number = page.ToString(CultureInfo.InvariantCulture);
        var command = new ToolCommand(
            Program,
            [
                "-gray", "-singlefile", "-f", number, "-l", number, "-scale-to", side.ToString(CultureInfo.InvariantCulture),
                context.RequireFile().Path, path,
            ])
        {
            Limits = limits,
            IsBackground = true,
            PromisedSeconds = Tesseract.PromisedSeconds,
        };
        var result = await context.Tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
        result.OrThrow("page");
        var drawn = path + ".pgm";
        return File.Exists(drawn) ? drawn : throw new HydrationException("The page cannot be drawn.");
    }
}

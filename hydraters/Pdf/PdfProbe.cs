using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>Asks <c>pdfinfo</c> what a PDF is.</summary>
internal static class PdfProbe
{
    /// <summary>The program that must be installed.</summary>
    internal const string Program = "pdfinfo";

    private const int OutputBytesMax = 1 << 20;

    /// <summary>
    /// What the PDF says of itself and of its first pages. Throws <see cref="HydrationException"/> when it is damaged or
    /// behind a password.
    /// </summary>
    internal static async Task<PdfInfo> ReadAsync(
        ToolRunner tools, string path, int pages, ToolLimits limits, CancellationToken cancellationToken)
    {
        string[] arguments = ["-enc", "UTF-8", "-f", "1", "-l", pages.ToString(CultureInfo.InvariantCulture), path];
        var command = new ToolCommand(Program, arguments) { Limits = limits with { OutputBytesMax = OutputBytesMax }, IsBackground = true };
        var result = await tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded && result.Error.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new HydrationException("The PDF is protected by encryption: it cannot be shown without the password.");
        }

        return PdfInfo.Parse(result.OrThrow("PDF").OutputText);
    }
}

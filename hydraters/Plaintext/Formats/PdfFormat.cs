using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Text;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>
/// PDF through one run of poppler's <c>pdftotext -htmlmeta</c>, which gives text and document information at once. Pages end with a form feed.
/// </summary>
internal static class PdfFormat
{
    private const string Tool = "pdftotext";

    internal static async Task ReadAsync(
        ExtractedDocument document, HydrationContext context, PlaintextHydraterOptions options,
        CancellationToken cancellationToken)
    {
        var command = new ToolCommand(Tool, ["-htmlmeta", "-enc", "UTF-8", context.RequireFile().Path, "-"])
        {
            Limits = new ToolLimits
            {
                WallSeconds = options.TimeoutSeconds,
                CpuSeconds = (int)Math.Ceiling(options.TimeoutSeconds),
                MemoryBytesMax = options.ToolMemoryBytesMax,
                OutputBytesMax = options.ExtractedBytesMax + (64 << 10),
            },
        };
        var result = await context.Tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (result.End == ToolEnd.OutputFull)
        {
            document.MarkFull();
        }
        else
        {
            ThrowOnFailure(result);
        }

        Append(document, result.OutputText);
    }

    private static void ThrowOnFailure(ToolResult result)
    {
        if (result.Succeeded)
        {
            return;
        }

        throw result.End switch
        {
            // Trying again in a minute would not install it, and everybody would wait for that minute.
            ToolEnd.NotFound => new HydrationException(
                "PDFs cannot be read on this server: pdftotext is not installed (Debian package poppler-utils)."),
            ToolEnd.TimedOut => new HydrationException("The PDF takes too long to read."),
            _ when result.Error.Contains("password", StringComparison.OrdinalIgnoreCase) => new HydrationException(
                "The PDF is protected by encryption: its text cannot be read without the password."),
            _ => new HydrationException($"The PDF is damaged: {FirstLine(result)}"),
        };
    }

    private static string FirstLine(ToolResult result)
    {
        var line = result.Error.Split('\n', 2)[0].Trim();
        return line.Length > 0 ? line : $"pdftotext ended with code {result.ExitCode}.";
    }

    private static void Append(ExtractedDocument document, string output)
    {
        const string BodyStart = "<pre>\n";
        var start = output.IndexOf(BodyStart, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new HydrationException("The PDF is damaged: pdftotext gave nothing.");
        }

        var head = output[..start];
        document.Title = Between(head, "<title>", "</title>");
        document.Author = Between(head, "<meta name=\"Author\" content=\"", "\"");
        var end = output.LastIndexOf("</pre>", StringComparison.Ordinal);
        var body = output.AsSpan(start + BodyStart.Length, (end < start ? output.Length : end) - start - BodyStart.Length);
        if (!document.IsFull)
        {
            document.Pages = body.Count('\f');
        }

        foreach (var page in body.Split('\f'))
        {
            document.BeginBlock("pre");
            document.AppendText(body[page].Trim("\n\r "));
            document.EndBlock();
        }
    }

    private static string? Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(after, start + before.Length, StringComparison.Ordinal);
        return end < 0 ? null : HtmlText.DecodeEntities(text[(start + before.Length)..end]);
    }
}

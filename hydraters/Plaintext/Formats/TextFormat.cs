using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Plain text in any encoding: notes, logs, source code, JSON.</summary>
internal static class TextFormat
{
    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        var text = Decode(input, document, out var charset);
        document.ContentType = $"{document.ContentType}; charset={charset}";
        document.BeginBlock("pre");
        document.AppendText(text);
        document.EndBlock();
    }

    /// <summary>The file's text, its first part when it is larger than is looked at.</summary>
    internal static string Decode(FormatInput input, ExtractedDocument document, out string charset, string? declared = null)
    {
        var bytes = ReadBytes(input, document);
        charset = CharsetDetector.Detect(bytes, declared).WebName;
        return CharsetDetector.Decode(bytes, declared);
    }

    internal static byte[] ReadBytes(FormatInput input, ExtractedDocument document)
    {
        using var file = new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        var length = (int)Math.Min(file.Length, input.TextFileBytesMax);
        if (file.Length > length)
        {
            document.MarkFull();
        }

        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

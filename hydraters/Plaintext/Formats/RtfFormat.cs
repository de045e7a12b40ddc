using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Rich Text Format 1.9.1: text, paragraphs, bold, in any of its code pages. Pictures and tables of styles are passed over.</summary>
internal static class RtfFormat
{
    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        // Code page encodings are registered by the detector.
        _ = CharsetDetector.Named("windows-1252");
        var bytes = TextFormat.ReadBytes(input, document);
        var reader = new RtfReader(bytes, document);
        reader.Read(cancellationToken);
    }
}

using System.Text;
using System.Xml;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Text;
using AnyFetch.Hydraters.Plaintext.Formats;

namespace AnyFetch.Hydraters.Image;

/// <summary>The words of a drawing, which are in the file as such: titles, descriptions and texts of an SVG.</summary>
internal static class SvgText
{
    private const long FileBytesMax = 16 << 20;
    private const int CharactersMax = 1 << 20;

    /// <summary>The text, a line an element; null when there is none, or the file is larger or stranger than drawings are.</summary>
    internal static string? Read(HydrationFile file, CancellationToken cancellationToken)
    {
        if (file.Length > FileBytesMax)
        {
            return null;
        }

        var text = new StringBuilder();
        try
        {
            using var reader = SafeXml.Create(new StreamReader(file.OpenRead()));
            var depth = 0;
            while (reader.Read() && text.Length < CharactersMax)
            {
                cancellationToken.ThrowIfCancellationRequested();
                SafeXml.CheckDepth(reader);
                depth = Take(reader, depth, text);
            }
        }
        catch (XmlException)
        {
            // What a browser draws although it is not well-formed has at least the words before the fault.
        }

        var clean = TextCleaner.CleanAndSqueeze(text.ToString());
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>Takes a node; returns in how many elements that hold words the reader is.</summary>
    private static int Take(XmlReader reader, int depth, StringBuilder text)
    {
        var isWords = reader.LocalName is "text" or "title" or "desc";
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when isWords && !reader.IsEmptyElement:
                return depth + 1;
            case XmlNodeType.EndElement when isWords:
                text.Append('\n');
                return depth - 1;
            case XmlNodeType.EndElement when reader.LocalName is "tspan":
                text.Append(' ');
                return depth;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when depth > 0:
                text.Append(reader.Value);
                return depth;
            default:
                return depth;
        }
    }
}

using System.Xml;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>XML of any kind: the text between the tags. What is not well-formed is read as tags and text.</summary>
internal static class XmlFormat
{
    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        var bytes = TextFormat.ReadBytes(input, document);
        var declared = HtmlFormat.DeclaredCharset(bytes);
        document.ContentType = $"{document.ContentType}; charset={CharsetDetector.Detect(bytes, declared).WebName}";
        var source = CharsetDetector.Decode(bytes, declared);
        document.BeginBlock("pre");
        try
        {
            document.AppendText(TextOf(source, cancellationToken));
        }
        catch (XmlException)
        {
            document.AppendText(HtmlText.ToText(WithoutDeclarations(source)));
        }

        document.EndBlock();
    }

    /// <summary>Without the document type's own declarations, whose brackets and quotes an HTML parser takes for text.</summary>
    private static string WithoutDeclarations(string source)
    {
        var start = source.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
        var bracket = start < 0 ? -1 : source.AsSpan(start).IndexOfAny('[', '>');
        var end = bracket < 0 || source[start + bracket] != '[' ? -1 : source.IndexOf("]>", start, StringComparison.Ordinal);
        return end < 0 ? source : source.Remove(start, end + 2 - start);
    }

    private static string TextOf(string source, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        using var reader = SafeXml.Create(new StringReader(source));
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafeXml.CheckDepth(reader);
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text.Append(reader.Value);
            }
            else if (reader.NodeType is XmlNodeType.EndElement or XmlNodeType.Whitespace && text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}

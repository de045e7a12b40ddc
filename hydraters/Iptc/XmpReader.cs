using System.Xml;
using AnyFetch.Hydraters.Plaintext.Formats;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Reads the Dublin Core properties of an XMP packet: creator, description, subject.</summary>
internal static class XmpReader
{
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    internal static PictureTags Read(byte[] packet)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        try
        {
            using var reader = SafeXml.Create(new MemoryStream(packet, 0, packet.AsSpan().TrimEnd((byte)0).Length));
            while (reader.Read())
            {
                SafeXml.CheckDepth(reader);
                if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI == DublinCore && !reader.IsEmptyElement)
                {
                    ReadItems(reader, values);
                }
            }
        }
        catch (XmlException)
        {
            // What was read before the damage counts.
        }

        return new PictureTags
        {
            Author = values.TryGetValue("creator", out var creators) ? string.Join(", ", creators) : null,
            Description = values.GetValueOrDefault("description")?.FirstOrDefault(),
            Keywords = values.GetValueOrDefault("subject") ?? [],
        };
    }

    /// <summary>The list items of a property, those of an alternative in other languages too.</summary>
    private static void ReadItems(XmlReader reader, Dictionary<string, List<string>> values)
    {
        var (name, depth) = (reader.LocalName, reader.Depth);
        if (!values.TryGetValue(name, out var items))
        {
            values[name] = items = [];
        }

        var isInItem = false;
        while (reader.Read() && reader.Depth > depth)
        {
            SafeXml.CheckDepth(reader);
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "li", NamespaceURI: Rdf })
            {
                isInItem = !reader.IsEmptyElement;
            }
            else if (reader is { NodeType: XmlNodeType.Text or XmlNodeType.CDATA } && isInItem && items.Count < PictureTags.KeywordsMax)
            {
                items.Add(reader.Value);
                isInItem = false;
            }
        }
    }
}

using System.Xml;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>
/// The parts of an Office Open XML package (ECMA-376 part 2) that text extraction needs: relationships and core properties.
/// Parts are streamed from the bounded zip; nothing is built in memory, which is several times faster than a document model.
/// </summary>
internal static class OfficePackage
{
    /// <summary>The targets of a part's relationships by id, as absolute part names, in the order of the file.</summary>
    internal static IReadOnlyDictionary<string, (string Type, string Target)> Relationships(BoundedZip archive, string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var reader = SafeXml.Open(archive, $"{folder}_rels/{part[(slash + 1)..]}.rels");
        while (reader is not null && reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship"
                && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target
                && reader.GetAttribute("TargetMode") != "External")
            {
                var type = reader.GetAttribute("Type") ?? "";
                found[id] = (type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
            }
        }

        return found;
    }

    /// <summary>Title and author from <c>docProps/core.xml</c>.</summary>
    internal static void ReadInfo(BoundedZip archive, ExtractedDocument document)
    {
        using var reader = SafeXml.Open(archive, "docProps/core.xml");
        var element = "";
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    element = reader.LocalName;
                    break;
                case XmlNodeType.Text when element == "title":
                    document.Title ??= reader.Value;
                    break;
                case XmlNodeType.Text when element == "creator":
                    document.Author ??= reader.Value;
                    break;
                case XmlNodeType.EndElement:
                    element = "";
                    break;
            }
        }
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        var segments = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var segment in target.Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".." or ""))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}

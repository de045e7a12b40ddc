using System.Xml;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Electronic books (EPUB 3): the chapters in the order of the spine.</summary>
internal static class EpubFormat
{
    private const int ChapterBytesMax = 16 << 20;

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        using var archive = BoundedZip.Open(input.Path);
        var package = PackagePath(archive) ?? throw new InvalidDataException("The book has no package document.");
        var title = document.Title;
        foreach (var chapter in Spine(archive, package, document))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (document.IsFull)
            {
                break;
            }

            title ??= document.Title;
            if (archive.OpenEntry(chapter) is { } stream)
            {
                using (stream)
                {
                    var bytes = ReadChapter(stream, document);
                    HtmlFormat.Append(document, CharsetDetector.Decode(bytes, HtmlFormat.DeclaredCharset(bytes)));
                }
            }
        }

        document.Title = title;
    }

    private static byte[] ReadChapter(Stream stream, ExtractedDocument document)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[32 * 1024];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            if (buffer.Length + read > ChapterBytesMax)
            {
                document.MarkFull();
                break;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static string? PackagePath(BoundedZip archive)
    {
        using var reader = SafeXml.Open(archive, "META-INF/container.xml");
        while (reader is not null && reader.Read())
        {
            SafeXml.CheckDepth(reader);
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "rootfile")
            {
                return reader.GetAttribute("full-path");
            }
        }

        return null;
    }

    private static List<string> Spine(BoundedZip archive, string package, ExtractedDocument document)
    {
        var folder = package[..(package.LastIndexOf('/') + 1)];
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        var chapters = new List<string>();
        var element = "";
        using var reader = SafeXml.Open(archive, package)
            ?? throw new InvalidDataException("The book has no package document.");
        while (reader.Read())
        {
            SafeXml.CheckDepth(reader);
            element = reader.NodeType == XmlNodeType.Element ? reader.LocalName
                : reader.NodeType == XmlNodeType.EndElement ? "" : element;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when element == "item" && reader.GetAttribute("id") is { } id:
                    items[id] = folder + Uri.UnescapeDataString(reader.GetAttribute("href") ?? "");
                    break;
                case XmlNodeType.Element when element == "itemref"
                    && items.TryGetValue(reader.GetAttribute("idref") ?? "", out var chapter):
                    chapters.Add(chapter);
                    break;
                case XmlNodeType.Text when element == "title":
                    document.Title ??= reader.Value;
                    break;
                case XmlNodeType.Text when element == "creator":
                    document.Author ??= reader.Value;
                    break;
            }
        }

        return chapters;
    }
}

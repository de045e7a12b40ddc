using System.Xml;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>XML readers that resolve nothing, expand no entity and end at a depth.</summary>
internal static class SafeXml
{
    /// <summary>Levels of nested elements. Real documents have some dozens.</summary>
    internal const int DepthMax = 512;

    private const long CharactersMax = 200_000_000;

    /// <summary>A reader of the parts of office documents, in which a document type declaration has no place.</summary>
    internal static XmlReader Create(Stream part) => XmlReader.Create(part, Settings(DtdProcessing.Prohibit));

    /// <summary>A reader of XML found anywhere: a document type declaration is passed over, entities of its own are errors.</summary>
    internal static XmlReader Create(TextReader text) => XmlReader.Create(text, Settings(DtdProcessing.Ignore));

    /// <summary>Opens a part of an archive, or null when there is none of that name.</summary>
    internal static XmlReader? Open(BoundedZip archive, string part) =>
        archive.OpenEntry(part) is { } stream ? Create(stream) : null;

    internal static void CheckDepth(XmlReader reader)
    {
        if (reader.Depth > DepthMax)
        {
            throw new HydrationException($"The document nests more than {DepthMax} levels.");
        }
    }

    /// <summary>An attribute by local name, whatever its namespace prefix.</summary>
    internal static string? Attribute(XmlReader reader, string localName)
    {
        if (!reader.MoveToFirstAttribute())
        {
            return null;
        }

        string? value = null;
        do
        {
            if (reader.LocalName == localName)
            {
                value = reader.Value;
                break;
            }
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
        return value;
    }

    private static XmlReaderSettings Settings(DtdProcessing dtd) => new()
    {
        DtdProcessing = dtd,
        XmlResolver = null,
        MaxCharactersInDocument = CharactersMax,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };
}

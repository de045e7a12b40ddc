using System.Xml;

namespace AnyFetch.Providers.Evernote.Markup;

/// <summary>Opens XML that comes from outside: no document type, no entities of its own, nothing fetched.</summary>
internal static class XmlText
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), Settings);
}

using System.Xml;

namespace AnyFetch.Notes;

/// <summary>Opens XML that comes from outside: no document type, no entities of its own, nothing fetched.</summary>
internal static class NoteXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    // Programs write control characters into their exports that XML does not allow; who takes the text cleans it.
    private static readonly XmlReaderSettings Lenient = Settings.Clone();

    static NoteXml()
    {
        Lenient.CheckCharacters = false;
        Lenient.CloseInput = false;
    }

    public static XmlReader Open(Stream file) => XmlReader.Create(file, Lenient);

    public static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), Settings);
}

using System.Xml;

namespace AnyFetch.Notes;

/// <summary>
/// The words that Evernote recognised in pictures (recoIndex): all alternatives of three letters and more, in order, each
/// once.
/// </summary>
internal sealed class RecognizedWords(int wordsMax)
{
    private const int LettersMin = 3;
    private const int LettersMax = 100;

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    /// <summary>Adds the words of one picture. A picture without words, or with a broken index, takes nothing from others.</summary>
    public void Add(string index)
    {
        if (index.Length == 0)
        {
            return;
        }

        using var reader = NoteXml.Open(index);
        try
        {
            while (_words.Count < wordsMax && reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false } && reader.Read()
                    && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    Keep(reader.Value.Trim());
                }
            }
        }
        catch (XmlException)
        {
            // What stood before the fault is kept.
        }
    }

    private void Keep(string word)
    {
        if (word.Length <= LettersMax && word.Count(char.IsLetterOrDigit) >= LettersMin && _known.Add(word))
        {
            _words.Add(word);
        }
    }
}

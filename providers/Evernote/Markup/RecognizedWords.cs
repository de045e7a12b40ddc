using System.Text;
using System.Xml;

namespace AnyFetch.Providers.Evernote.Markup;

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
    public void Add(ReadOnlyMemory<byte> index)
    {
        if (index.Length == 0)
        {
            return;
        }

        using var reader = XmlText.Open(Encoding.UTF8.GetString(index.Span));
        try
        {
            while (_words.Count < wordsMax && reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false } && reader.Read()
                    && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    Add(reader.Value.Trim());
                }
            }
        }
        catch (XmlException)
        {
            // What stood before the fault is kept.
        }
    }

    private void Add(string word)
    {
        if (word.Length <= LettersMax && word.Count(char.IsLetterOrDigit) >= LettersMin && _known.Add(word))
        {
            _words.Add(word);
        }
    }
}

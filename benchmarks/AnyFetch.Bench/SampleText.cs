using System.Globalization;
using System.Text;

namespace AnyFetch.Bench;

/// <summary>Text that is distributed like people's: few words are frequent, most are rare.</summary>
internal sealed class SampleText(int seed)
{
    private const int Words = 20_000;
    private static readonly string[] s_words = MakeWords();
    private readonly Random _random = new(seed);

    /// <summary>A word; the frequency of the n-th is about 1/n.</summary>
    public string Word() => s_words[(int)(Math.Pow(Words, _random.NextDouble()) - 1)];

    /// <summary>Words that are about this many characters long together.</summary>
    public string Text(int chars)
    {
        var text = new StringBuilder(chars + 16);
        while (text.Length < chars)
        {
            text.Append(Word()).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The body of <c>POST /documents</c> with about 1 KB of metadata.</summary>
    public string Document(string identifier, string? extraWord = null) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"identifier":"{{{identifier}}}","document_type":"document",
        "creation_date":"20{{{_random.Next(10, 26)}}}-0{{{_random.Next(1, 9)}}}-15T10:00:00.000Z",
        "metadata":{"title":"{{{Text(40)}}}","path":"/{{{Word()}}}/{{{identifier}}}.txt","author":"{{{Word()}}}",
        "text":"{{{extraWord}}} {{{Text(850)}}}"}}
        """);

    private static string[] MakeWords()
    {
        var random = new Random(7);
        string[] syllables = ["ba", "co", "di", "fu", "ge", "ha", "ki", "lo", "mu", "ne", "pa", "ri", "so", "ta", "ve", "wo", "xi", "zu"];
        var words = new HashSet<string>();
        while (words.Count < Words)
        {
            words.Add(string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => syllables[random.Next(syllables.Length)])));
        }

        return [.. words];
    }
}

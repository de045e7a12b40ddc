using System.Text;
using AnyFetch.Search.Analysis;

namespace AnyFetch.Search.Tests.Analysis;

/// <summary>No text makes the analyser fail, and whatever it says of a text is a place in that text.</summary>
public sealed class AnalyzerFuzzTests
{
    private const int TextsEach = 1_500;

    private static readonly string[] s_parts =
    [
        "a", "Zoë", "l'", "qu’", "İ", "ß", "ﬁ", "e\u0301", "東京", "ひら", "한국", "ไทย", "😀", "\ud83d", "\ude00", "\0", "\ufffd", "\u200d", "\u00ad", "-", "--",
        "'", "’", ".", ",", "@", "://", "/", "\\", "_", "+", "#", " ", "\u00a0", "\n", "1", "2,5", "1.000", "+49 30", "x.y.z", "a@b.c",
        "getHTTPName", "item42b", "١٢", "\u0080", "\u0083", "\u0084", "ſ", "Ǆ", "running", "chevaux",
    ];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_text_is_cut_into_terms_that_stand_in_it(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < TextsEach; i++)
        {
            var text = Text(random);
            var tokens = Token.Read(text);
            foreach (var token in tokens)
            {
                Assert.True(token.Start >= 0 && token.Start < token.End && token.End <= text.Length, text);
                Assert.InRange(Encoding.UTF8.GetByteCount(token.Term), 1, TermBuffer.BytesMax);
                Assert.DoesNotContain(token.Term, c => c is ' ' or (>= '\u0080' and < '\u00a0'));
            }

            var starts = tokens.Where(t => t.Kind == TokenKind.Word).Select(t => t.Start).ToList();
            Assert.Equal(starts.Order(), starts);
            Assert.Equal(tokens, Token.Read(text));
        }
    }

    /// <summary>Parts that mean something to the analyser, and letters from anywhere.</summary>
    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(40); i >= 0; i--)
            text.Append(random.Next(6) == 0 ? ((char)random.Next(1, 0x10000)).ToString() : s_parts[random.Next(s_parts.Length)]);
        return random.Next(50) == 0 ? new string(text[0], 70_000) + text : text.ToString();
    }
}

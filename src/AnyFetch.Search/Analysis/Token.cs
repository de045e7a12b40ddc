using System.Text;

namespace AnyFetch.Search.Analysis;

/// <summary>A term of a text with its place, for queries and highlights.</summary>
internal readonly record struct Token(string Term, int Start, int End, TokenKind Kind)
{
    /// <summary>All terms of a text.</summary>
    public static List<Token> Read(ReadOnlySpan<char> text, bool isStemmed = true)
    {
        var sink = new ListSink([]);
        TextAnalyzer.Analyze(text, ref sink, isStemmed);
        return sink.Tokens;
    }

    private readonly struct ListSink(List<Token> tokens) : ITokenSink
    {
        public List<Token> Tokens => tokens;

        public void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind) =>
            tokens.Add(new Token(Encoding.UTF8.GetString(term), start, end, kind));
    }
}

using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Search.Analysis;
using AnyFetch.Search.Highlights;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Suggestions;

/// <summary>Finds how a term is written in a document that has it: the index knows words only without accents and endings.</summary>
internal static class SpellingReader
{
    /// <summary>Characters of a document that are looked at.</summary>
    private const int CharsMax = 1 << 18;

    /// <summary>The first word of the document that is found under the term, in small letters; null when there is none.</summary>
    public static string? Read(Document document, FieldMapping mapping, string term)
    {
        var sink = new Sink(Encoding.UTF8.GetBytes(term));
        var left = CharsMax;
        foreach (var text in MetadataTexts.Read(document, mapping).OrderBy(t => t.Value.Sum(v => (long)v.Length)).SelectMany(t => t.Value))
        {
            var part = text.AsSpan(0, Math.Min(text.Length, left));
            TextAnalyzer.Analyze(part, ref sink);
            if (sink.Start >= 0)
                return part[sink.Start..sink.End].ToString().ToLowerInvariant();
            left -= part.Length;
            if (left == 0)
                break;
        }

        return null;
    }

    private struct Sink(byte[] wanted) : ITokenSink
    {
        public int Start { get; private set; } = -1;

        public int End { get; private set; }

        public void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind)
        {
            if (Start < 0 && term.SequenceEqual(wanted))
                (Start, End) = (start, end);
        }
    }
}

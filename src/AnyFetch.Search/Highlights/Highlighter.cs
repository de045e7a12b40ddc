using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Highlights;

/// <summary>Marks what queries matched, with the same analysis as the index.</summary>
internal sealed class Highlighter(MappingCache mappings, IOptions<SearchOptions> options) : IHighlighter
{
    private readonly Marker _marker = new(options.Value.HighlightClass);

    public IQueryHighlighter ForQuery(string? query)
    {
        var parsed = QueryParser.Parse(query);
        var match = parsed.Query is { } node ? QueryAnalyzer.Analyze(node, isStrict: true) : new MatchNothing();
        return new QueryHighlighter(new QueryTerms(match), _marker, mappings);
    }
}

/// <summary>Marks what one query matched.</summary>
internal sealed class QueryHighlighter(QueryTerms terms, Marker marker, MappingCache mappings) : IQueryHighlighter
{
    /// <summary>What stands further in a field is not looked at when a fragment is chosen, in characters.</summary>
    public const int FieldCharsMax = 200_000;

    private static readonly Dictionary<string, string> s_none = [];

    public IReadOnlyDictionary<string, string> Highlight(Document document, int snippetChars)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (terms.IsEmpty)
            return s_none;
        var highlights = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, values) in MetadataTexts.Read(document, mappings.LastOf(document.Type)))
        {
            if (Highlight(path, values, Math.Max(snippetChars, 1)) is { } highlight)
                highlights.Add(path, highlight);
        }

        return highlights;
    }

    public string HighlightHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return terms.IsEmpty ? html : HtmlHighlighter.Highlight(html, terms, marker);
    }

    public string HighlightText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return marker.Mark(text, SpanFinder.Find(text, terms, terms.SequencesIn(null)), 0, text.Length);
    }

    /// <summary>Null when nothing of the field matches. The values of an array are shown one after the other.</summary>
    private string? Highlight(string path, List<string> values, int snippetChars)
    {
        var text = values.Count == 1 ? values[0] : string.Join(", ", values);
        if (text.Length > FieldCharsMax)
            text = text[..FieldCharsMax];
        var sequences = terms.SequencesIn(path);
        var spans = new List<Span>();
        var offset = 0;
        foreach (var value in values)
        {
            var length = Math.Min(value.Length, text.Length - offset);
            if (length <= 0)
                break;
            foreach (var span in SpanFinder.Find(value.AsSpan(0, length), terms, sequences))
                spans.Add(new Span(span.Start + offset, span.End + offset, span.Terms));
            offset += value.Length + 2;
        }

        if (spans.Count == 0)
            return null;
        var (start, end) = IsShown(path) ? (0, text.Length) : Fragment.Best(text, spans, snippetChars);
        return marker.Mark(text, spans, start, end);
    }

    /// <summary>True for fields that are shown whole (search-and-projection §1.5).</summary>
    private static bool IsShown(string path) =>
        path.AsSpan(path.LastIndexOf('.') + 1) is "title" or "name" or "subject" or "path";
}

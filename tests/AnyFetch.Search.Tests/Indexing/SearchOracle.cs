using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;
using AnyFetch.Search.Analysis;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Tests.Indexing;

/// <summary>Searches by looking at every document: slow, short, and independent of the index.</summary>
internal sealed class SearchOracle(IReadOnlyCollection<Document> documents)
{
    private readonly List<Entry> _entries = [.. documents.Select(d => new Entry(d))];
    private readonly Dictionary<(string Phrase, string? Key, bool IsText), int> _frequencies = [];
    private (double Text, double Fields)? _averages;

    /// <summary>Average terms of the text and of the other fields.</summary>
    private (double Text, double Fields) Averages => _averages ??=
        (Math.Max(1, _entries.Average(e => e.TextLength)), Math.Max(1, _entries.Average(e => e.FieldsLength)));

    public List<(DocumentId Id, double Score)> Search(SearchRequest request)
    {
        var parsed = QueryParser.Parse(request.Query);
        Assert.Null(parsed.Error);
        var match = parsed.Query is { } query ? QueryAnalyzer.Analyze(query, request.IsStrict) : null;
        var hits = new List<(Entry Entry, double Score)>();
        foreach (var entry in _entries.Where(e => Passes(e.Document, request)))
        {
            var score = match is null ? 1 : Score(match, entry);
            if (score >= 0)
                hits.Add((entry, score));
        }

        Func<(Entry Entry, double Score), double> key = request.Sort switch
        {
            SearchSort.CreationDate => h => h.Entry.Document.CreationDate.Ticks,
            SearchSort.ModificationDate => h => h.Entry.Document.ModificationDate.Ticks,
            _ => h => Math.Round(-h.Score, 4),
        };
        var ordered = request.IsReversed ? hits.OrderByDescending(key) : hits.OrderBy(key);
        return [.. ordered.ThenByDescending(h => h.Entry.Document.Id.Value).Select(h => (h.Entry.Document.Id, h.Score))];
    }

    private static bool Passes(Document document, SearchRequest request) =>
        document.IsVisibleTo(request.Viewer)
        && (request.Types?.Contains(document.Type) ?? true)
        && (request.Providers?.Contains(document.Provider) ?? true)
        && (request.Ids?.Contains(document.Id) ?? true)
        && (request.After is not { } after || document.CreationDate >= after)
        && (request.Before is not { } before || document.CreationDate < before);

    private double Score(MatchNode match, Entry entry) => match switch
    {
        MatchAll => 0,
        MatchPhrase { Key: "text" } phrase => Sum(
            [ScoreWhere(phrase, entry, f => f.IsText, true), ScoreWhere(phrase, entry, f => f.IsBelow("text") && !f.IsText)]),
        MatchPhrase { Key: { } key } phrase => ScoreWhere(phrase, entry, f => f.IsBelow(key) && !f.IsText),
        MatchPhrase phrase => ScoreWhere(phrase, entry, _ => true),
        MatchPattern pattern => Spellings(pattern).Select(p => Score(p, entry)).DefaultIfEmpty(-1).Max(),
        MatchKey key => entry.HasKey(key.Key) ? 0 : -1,
        MatchSome { IsLoose: true } some => Loose(some.Children, entry, 0, 0),
        MatchSome some => Sum(some.Children.Select(c => Score(c, entry))),
        MatchEvery every => Every(every, entry),
        _ => -1,
    };

    private double Every(MatchEvery every, Entry entry)
    {
        var required = every.Children.Where(c => c is not (MatchExcept or MatchOptional))
            .Select(c => Score(c, entry)).ToList();
        if (required.Exists(s => s < 0) || every.Children.OfType<MatchExcept>().Any(e => Score(e.Child, entry) >= 0))
            return -1;
        var optional = every.Children.OfType<MatchOptional>().Select(o => o.Child).ToList();
        return optional.Count == 0 ? required.Sum() : Loose(optional, entry, required.Sum(), 1);
    }

    private double Loose(IReadOnlyList<MatchNode> children, Entry entry, double sum, int found)
    {
        var scores = children.Select(c => Score(c, entry)).Where(s => s >= 0).ToList();
        found += scores.Count;
        sum += scores.Sum();
        return found == 0 ? -1 : found + sum / (sum + 8);
    }

    private static double Sum(IEnumerable<double> scores) =>
        scores.Where(s => s >= 0).ToList() is { Count: > 0 } matched ? matched.Sum() : -1;

    private IEnumerable<MatchPhrase> Spellings(MatchPattern pattern) => _entries
        .SelectMany(e => e.Fields).Where(f => pattern.Key is null || f.IsBelow(pattern.Key))
        .SelectMany(f => f.Tokens).Select(t => t.Term).Distinct(StringComparer.Ordinal)
        .Where(t => pattern.Pattern.IsMatch(t)).Select(t => new MatchPhrase([t], false, pattern.Key));

    private double ScoreWhere(MatchPhrase phrase, Entry entry, Func<Field, bool> where, bool isText = false)
    {
        var isKeyed = phrase.Key is not null;
        var byColumn = entry.Fields.Where(where).GroupBy(f => f.IsText ? TermColumns.Text
                : isKeyed ? TermColumns.Keyed : TermColumns.OfBoost(f.Boost))
            .Select(g => (Column: g.Key, Count: g.Sum(f => f.Count(phrase)))).Where(c => c.Count > 0).ToList();
        if (byColumn.Count == 0)
            return -1;
        var (textAverage, fieldsAverage) = Averages;
        return byColumn.Sum(c => TermColumns.Weights[c.Column] * Relevance.Frequency(c.Count, c.Column == TermColumns.Text
                ? Relevance.LengthNorm(Relevance.TextLengthWeight, entry.TextLength, (float)textAverage)
                : Relevance.LengthNorm(Relevance.FieldsLengthWeight, entry.FieldsLength, (float)fieldsAverage)))
            * Significance(phrase, where, isText) * (entry.IsStarred ? Relevance.StarredFactor : 1);
    }

    /// <summary>A phrase tells what its words tell together, wherever in a document they stand.</summary>
    private double Significance(MatchPhrase phrase, Func<Field, bool> where, bool isText) => phrase.Terms.Count == 1
        ? Relevance.Significance(_entries.Count, Frequency(phrase, where, isText))
        : phrase.Terms.Select((term, i) => (double)Relevance.Significance(
            _entries.Count, isText
                ? FrequencyOfPart(term, phrase.IsPrefix && i == phrase.Terms.Count - 1, null, _ => true)
                : FrequencyOfPart(term, phrase.IsPrefix && i == phrase.Terms.Count - 1, phrase.Key, where))).Sum();

    private int FrequencyOfPart(string term, bool isPrefix, string? key, Func<Field, bool> where) => !isPrefix
        ? Frequency(new MatchPhrase([term], false, key), where, isText: false)
        : Math.Min(_entries.Count, _entries.SelectMany(e => e.Fields).Where(where).SelectMany(f => f.Tokens).Select(t => t.Term)
            .Distinct(StringComparer.Ordinal).Where(t => t.StartsWith(term, StringComparison.Ordinal))
            .Sum(t => Frequency(new MatchPhrase([t], false, key), where, isText: false)));

    private int Frequency(MatchPhrase phrase, Func<Field, bool> where, bool isText)
    {
        var known = (phrase.Terms[0] + phrase.IsPrefix, phrase.Key, isText);
        if (!_frequencies.TryGetValue(known, out var frequency))
            _frequencies[known] = frequency = _entries.Count(e => e.Fields.Where(where).Any(f => f.Count(phrase) > 0));
        return frequency;
    }

    private sealed class Entry
    {
        public Entry(Document document)
        {
            Document = document;
            Add(document.Metadata.Element, "");
        }

        private int? _textLength;
        private int? _fieldsLength;

        public Document Document { get; }

        public List<Field> Fields { get; } = [];

        public bool IsStarred => Document.Metadata.TryGet("starred", out var value) && value.ValueKind == JsonValueKind.True;

        public int TextLength => _textLength ??= Fields.Where(f => f.IsText).Sum(f => f.Tokens.Count);

        public int FieldsLength => _fieldsLength ??= Fields.Where(f => !f.IsText).Sum(f => f.Tokens.Count);

        public bool HasKey(string key) => Document.Metadata.TryGet(key, out _);

        private void Add(JsonElement element, string path)
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in element.EnumerateObject())
                    Add(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Add(item, path);
            }
            else if (element.ValueKind == JsonValueKind.String)
            {
                Fields.Add(new Field(path, Token.Read(element.GetString())));
            }
        }
    }

    private sealed record Field(string Path, List<Token> Tokens)
    {
        public bool IsText => Path == "text";

        public float Boost => Path == "title" ? 4 : 1;

        public bool IsBelow(string key) =>
            Path == key || Path.StartsWith(key + ".", StringComparison.Ordinal);

        public int Count(MatchPhrase phrase)
        {
            var count = CountIn([.. Tokens.Where(t => t.Kind == TokenKind.Word).Select(t => t.Term)], phrase);
            var alias = new List<string>();
            foreach (var token in Tokens.Where(t => t.Kind != TokenKind.Word).Append(new Token("", 0, 0, TokenKind.AliasStart)))
            {
                if (token.Kind == TokenKind.AliasStart)
                {
                    count += CountIn(alias, phrase);
                    alias.Clear();
                }

                alias.Add(token.Term);
            }

            return count;
        }

        private static int CountIn(List<string> terms, MatchPhrase phrase)
        {
            var last = phrase.Terms.Count - 1;
            return Enumerable.Range(0, Math.Max(0, terms.Count - last)).Count(at =>
                phrase.Terms.Select((term, i) => i == last && phrase.IsPrefix
                    ? terms[at + i].StartsWith(term, StringComparison.Ordinal)
                    : terms[at + i] == term).All(same => same));
        }
    }
}

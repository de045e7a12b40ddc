using System.Text;
using System.Text.Json;
using AnyFetch.Core.Dates;
using AnyFetch.Core.Documents;
using AnyFetch.Search.Analysis;
using AnyFetch.Search.Highlights;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Similarity;

/// <summary>
/// Reads what a document's metadata has in common with others at all: no little words, no dates, no numbers, nothing
/// that is compared exactly.
/// </summary>
internal sealed class SourceTerms
{
    /// <summary>Most terms that are weighed against the index.</summary>
    public const int CandidatesMax = 128;

    /// <summary>Text of one document that is read, in characters: at most 1 MiB of UTF-8.</summary>
    public const int SourceCharsMax = 262_144;

    /// <summary>Different terms that are counted; those that first appear later are left out.</summary>
    private const int TermsMax = 20_000;

    /// <summary>Most words of a name that stays whole; what is longer is a sentence.</summary>
    private const int NameWordsMax = 5;

    /// <summary>Most terms of an address or URL.</summary>
    private const int WholeTermsMax = 16;

    private const int WordCharsMin = 3;
    private const int WordCharsMax = 40;
    private const int DateCharsMax = 35;

    /// <summary>Fewest digits of a value that is declared a phone number.</summary>
    private const int PhoneDigitsMin = 5;

    /// <summary>Fewest digits in groups that are one number anywhere; fewer may be a date.</summary>
    private const int NumberDigitsMin = 9;

    /// <summary>Keys whose values are names or addresses, wherever they stand.</summary>
    private static readonly HashSet<string> s_wholeKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "name", "address", "email", "mail", "website", "url", "author", "worksFor", "location", "member", "members",
        "participant", "participants", "creator", "owner",
    };

    private readonly Dictionary<string, SourceTerm> _terms = new(StringComparer.Ordinal);
    private int _charsLeft = SourceCharsMax;

    private SourceTerms()
    {
    }

    /// <summary>The terms that tell most of a document, at most <see cref="CandidatesMax"/>.</summary>
    public static IReadOnlyList<SourceTerm> Read(Document document, FieldMapping mapping)
    {
        var terms = new SourceTerms();
        terms.ReadObject(document.Metadata.Element, mapping);
        return [.. terms._terms.Values.OrderByDescending(t => t.Occurrences).Take(CandidatesMax)];
    }

    private void ReadObject(JsonElement element, FieldMapping mapping)
    {
        foreach (var property in element.EnumerateObject())
        {
            var child = mapping.Child(Encoding.UTF8.GetBytes(property.Name));
            if (!child.IsNotAnalyzed && child.Type is FieldType.Inferred or FieldType.Object or FieldType.Text)
                ReadValue(property.Value, property.Name, child);
        }
    }

    private void ReadValue(JsonElement value, string key, FieldMapping mapping)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when mapping.Type != FieldType.Text:
                ReadObject(value, mapping);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    ReadValue(item, key, mapping);
                break;
            case JsonValueKind.String when _charsLeft > 0:
                var text = value.GetString()!.AsSpan();
                text = text[..Math.Min(text.Length, _charsLeft)];
                _charsLeft -= text.Length;
                ReadText(text, key, mapping);
                break;
        }
    }

    private void ReadText(ReadOnlySpan<char> text, string key, FieldMapping mapping)
    {
        // A picture in a data: URL is no text, nor is a date.
        if (mapping.Boost <= 0 || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || IsDate(text))
            return;
        if (mapping.IsPhoneNumber)
        {
            AddPhone(text, mapping.Boost);
            return;
        }

        var sink = new Sink([], []);
        TextAnalyzer.Analyze(text, ref sink);
        if (s_wholeKeys.Contains(key) && sink.Words.Count is > 0 and <= NameWordsMax)
        {
            Add(text.Trim(), sink.Words.ConvertAll(w => w.Term), mapping.Boost);
            return;
        }

        AddWords(text, sink, mapping.Boost);
    }

    private static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= DateCharsMax && char.IsAsciiDigit(text[0]) && Iso8601.TryParse(text.ToString(), out _);

    private void AddWords(ReadOnlySpan<char> text, Sink sink, float boost)
    {
        var wholes = WholeFinder.Find(text);
        wholes.AddRange(sink.Numbers);
        wholes.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var at = 0;
        foreach (var (whole, number) in wholes)
        {
            while (at < sink.Words.Count && sink.Words[at].Span.Start < whole.Start)
                AddWord(text, sink.Words[at++], boost);
            var first = at;
            while (at < sink.Words.Count && sink.Words[at].Span.Start < whole.End)
                at++;
            if (at - first is > 0 and <= WholeTermsMax)
            {
                var terms = number is null ? sink.Words.GetRange(first, at - first).ConvertAll(w => w.Term) : [number];
                Add(text[whole.Start..whole.End], terms, boost);
            }
        }

        for (; at < sink.Words.Count; at++)
            AddWord(text, sink.Words[at], boost);
    }

    private void AddWord(ReadOnlySpan<char> text, (Span Span, string Term) word, float boost)
    {
        var term = word.Term;
        var isShort = term.Length < WordCharsMin && char.IsAscii(term[0]);
        if (!isShort && term.Length <= WordCharsMax && !term.All(char.IsDigit) && !StopWords.Contains(term))
            Add(text[word.Span.Start..word.Span.End], [term], boost);
    }

    private void AddPhone(ReadOnlySpan<char> text, float boost)
    {
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (CharTable.ClassOf(c) == CharClass.Digit && digits.Length < TermBuffer.BytesMax)
                digits.Append(CharTable.Fold(c));
        }

        if (digits.Length >= PhoneDigitsMin)
            Add(text.Trim(), [digits.ToString()], boost);
    }

    private void Add(ReadOnlySpan<char> text, List<string> terms, float boost)
    {
        var key = terms.Count == 1 ? terms[0] : string.Join(' ', terms);
        if (!_terms.TryGetValue(key, out var term))
        {
            if (_terms.Count == TermsMax)
                return;
            _terms.Add(key, term = new SourceTerm(text.ToString(), terms));
        }

        term.Add(boost);
    }

    /// <summary>Takes words, and numbers that are written in groups.</summary>
    private readonly struct Sink(List<(Span Span, string Term)> words, List<(Span Span, string? Number)> numbers) : ITokenSink
    {
        public List<(Span Span, string Term)> Words => words;

        public List<(Span Span, string? Number)> Numbers => numbers;

        public void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind)
        {
            if (kind == TokenKind.Word)
                words.Add((new Span(start, end, 0), Encoding.UTF8.GetString(term)));
            else if (kind == TokenKind.AliasStart && term.Length >= NumberDigitsMin && end - start > term.Length
                && !term.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                numbers.Add((new Span(start, end, 0), Encoding.UTF8.GetString(term)));
        }
    }
}

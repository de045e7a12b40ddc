namespace AnyFetch.Search.Queries;

/// <summary>
/// Reads the query language of search-and-projection §1.2. Never throws: what is wrong comes back as a sentence.
/// </summary>
internal sealed class QueryParser
{
    /// <summary>Most words, phrases and patterns in one query.</summary>
    public const int ClausesMax = 128;

    /// <summary>Deepest nesting of parentheses and prefixed operators.</summary>
    public const int DepthMax = 16;

    private readonly QueryLexer _lexer;
    private Lexeme _next;
    private string? _error;
    private int _clauses;
    private int _depth;

    private QueryParser(string query, bool hasKeys)
    {
        _lexer = new QueryLexer(query, hasKeys);
        _next = new Lexeme(LexemeKind.End);
        Advance();
    }

    /// <summary>Parses a query.</summary>
    /// <param name="query">What the user typed; null and blank give neither query nor error.</param>
    /// <param name="hasKeys">False inside <c>@key=</c>, where a colon is a character like any other.</param>
    public static QueryParseResult Parse(string? query, bool hasKeys = true)
    {
        if (string.IsNullOrWhiteSpace(query))
            return new QueryParseResult(null, null);
        if (query.Length > Core.Search.SearchRequest.QueryCharsMax)
        {
            return new QueryParseResult(
                null, $"The query is longer than {Core.Search.SearchRequest.QueryCharsMax} characters.");
        }

        var parser = new QueryParser(query, hasKeys);
        var node = parser.Alternatives();
        if (parser._error is null && parser._next.Kind == LexemeKind.Close)
            parser.Fail("A parenthesis is closed that was never opened.");
        return parser._error is { } error
            ? new QueryParseResult(null, error)
            : new QueryParseResult(node, null);
    }

    /// <summary>Lists separated by OR.</summary>
    private QueryNode? Alternatives()
    {
        var operands = new List<QueryNode>();
        do
        {
            if (List() is not { } operand)
                return null;
            operands.Add(operand);
        }
        while (Take(LexemeKind.Or));
        return operands.Count == 1 ? operands[0] : new OrNode(new QueryNodes(operands));
    }

    /// <summary>Chains side by side.</summary>
    private QueryNode? List()
    {
        var operands = new List<QueryNode>();
        do
        {
            if (Chain() is not { } operand)
                return null;
            operands.Add(operand);
        }
        while (_next.Kind is not (LexemeKind.End or LexemeKind.Close or LexemeKind.Or));
        return operands.Count == 1 ? operands[0] : new ListNode(new QueryNodes(operands));
    }

    /// <summary>Operands joined by AND.</summary>
    private QueryNode? Chain()
    {
        var operands = new List<QueryNode>();
        do
        {
            if (Operand() is not { } operand)
                return null;
            operands.Add(operand);
        }
        while (Take(LexemeKind.And));
        return operands.Count == 1 ? operands[0] : new AndNode(new QueryNodes(operands));
    }

    private QueryNode? Operand()
    {
        if (_depth >= DepthMax)
            return Fail($"The query is nested deeper than {DepthMax} levels.");
        _depth++;
        var node = OperandInside();
        _depth--;
        return node;
    }

    private QueryNode? OperandInside()
    {
        var lexeme = _next;
        if (lexeme.Kind != LexemeKind.Error)
            Advance();
        switch (lexeme.Kind)
        {
            case LexemeKind.Not:
                return Operand() is { } excluded ? new NotNode(excluded) : null;
            case LexemeKind.Required:
                return Operand() is { } required ? new RequiredNode(required) : null;
            case LexemeKind.Key:
                return Operand() is { } inner ? new KeyNode(lexeme.Text, inner) : null;
            case LexemeKind.Open:
                return Group();
            case LexemeKind.Phrase:
                return Clause(new PhraseNode(lexeme.Text));
            case LexemeKind.Word:
                return Clause(Word(lexeme));
            case LexemeKind.Error:
                return Fail(lexeme.Text);
            case LexemeKind.End:
                return Fail("The query ends where a word is expected.");
            case LexemeKind.Close:
                return Fail("A ')' stands where a word is expected.");
            default:
                return Fail($"The operator '{lexeme.Text}' stands where a word is expected.");
        }
    }

    private QueryNode? Group()
    {
        var node = Alternatives();
        return node is null || Take(LexemeKind.Close) ? node : Fail("A parenthesis is opened and never closed.");
    }

    private QueryNode? Clause(QueryNode node) =>
        ++_clauses > ClausesMax ? Fail($"The query has more than {ClausesMax} words.") : node;

    private static QueryNode Word(Lexeme lexeme)
    {
        var text = lexeme.Text;
        var operands = lexeme.Operands!;
        if (lexeme.Edits is { } edits)
            return new FuzzyNode(text, edits < 0 ? null : Math.Min(edits, 2));
        var first = Array.IndexOf(operands, true);

        // A question mark that ends a word is punctuation; inside it stands for a character.
        if (first < 0 || operands[first..].All(o => o) && !text[first..].Contains('*'))
            return new WordNode(text);
        return first == text.Length - 1 ? new PrefixNode(text[..first]) : new WildcardNode(Pattern(text, operands));
    }

    /// <summary>Escaped wildcards cannot be part of a term, so they are left out of the pattern.</summary>
    private static string Pattern(string text, bool[] operands) =>
        string.Concat(text.Where((c, i) => operands[i] || c is not ('*' or '?')));

    private bool Take(LexemeKind kind)
    {
        if (_next.Kind != kind)
            return false;
        Advance();
        return true;
    }

    private void Advance() => _next = _lexer.Next();

    private QueryNode? Fail(string error)
    {
        _error ??= error;
        return null;
    }
}

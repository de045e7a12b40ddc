using System.Text;

namespace AnyFetch.Search.Queries;

/// <summary>What stands at a place of the query.</summary>
internal enum LexemeKind
{
    End,
    Open,
    Close,
    And,
    Or,
    Not,
    Required,
    Phrase,
    Word,

    /// <summary><c>key:</c> directly before a word, a phrase or a parenthesis.</summary>
    Key,
    Error,
}

/// <summary>A piece of a query. Words keep their wildcards apart from escaped characters.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text without escapes, quotes and the trailing operator; or the error.</param>
/// <param name="Operands">For each character of a word: true when it is an unescaped <c>*</c> or <c>?</c>.</param>
/// <param name="Edits">For a word ending in <c>~</c>: the digit after it, or -1 without one.</param>
internal sealed record Lexeme(LexemeKind Kind, string Text = "", bool[]? Operands = null, int? Edits = null);

/// <summary>Cuts a query into its pieces.</summary>
internal sealed class QueryLexer(string query, bool hasKeys)
{
    private int _at;

    public Lexeme Next()
    {
        while (_at < query.Length && char.IsWhiteSpace(query[_at]))
            _at++;
        if (_at == query.Length)
            return new Lexeme(LexemeKind.End);
        return query[_at] switch
        {
            '(' => One(LexemeKind.Open),
            ')' => One(LexemeKind.Close),
            '"' => Phrase(),
            '&' when Follows('&') => Two(LexemeKind.And),
            '|' when Follows('|') => Two(LexemeKind.Or),
            '+' => Prefix(LexemeKind.Required),
            '-' or '!' => Prefix(LexemeKind.Not),
            _ => Word(),
        };
    }

    private bool Follows(char c) => _at + 1 < query.Length && query[_at + 1] == c;

    private Lexeme One(LexemeKind kind)
    {
        _at++;
        return new Lexeme(kind, query[(_at - 1).._at]);
    }

    private Lexeme Two(LexemeKind kind)
    {
        _at += 2;
        return new Lexeme(kind, query[(_at - 2).._at]);
    }

    /// <summary>A sign before a word. It must touch what it applies to.</summary>
    private Lexeme Prefix(LexemeKind kind)
    {
        var sign = query[_at++];
        return _at == query.Length || char.IsWhiteSpace(query[_at]) || query[_at] == ')'
            ? new Lexeme(LexemeKind.Error, $"The operator '{sign}' applies to nothing; put it in quotes to search it.")
            : new Lexeme(kind, sign.ToString());
    }

    private Lexeme Phrase()
    {
        var text = new StringBuilder();
        for (_at++; _at < query.Length; _at++)
        {
            switch (query[_at])
            {
                case '"':
                    _at++;
                    return new Lexeme(LexemeKind.Phrase, text.ToString());
                case '\\' when _at + 1 < query.Length:
                    text.Append(query[++_at]);
                    break;
                default:
                    text.Append(query[_at]);
                    break;
            }
        }

        return new Lexeme(LexemeKind.Error, "A quote is opened and never closed.");
    }

    private Lexeme Word()
    {
        var text = new StringBuilder();
        var operands = new List<bool>();
        var start = _at;
        var hasEscape = false;
        for (; _at < query.Length && !EndsWord(); _at++)
        {
            var c = query[_at];
            if (c == ':' && hasKeys && !hasEscape && IsKey(text))
            {
                if (Key(text.ToString()) is { } key)
                    return key;
            }
            else if (c == ':' && text.Length == 0)
            {
                return new Lexeme(LexemeKind.Error, "A ':' needs a key before it; write \\: to search the character.");
            }

            if (c == '\\')
            {
                if (++_at == query.Length)
                    return new Lexeme(LexemeKind.Error, "The query ends with '\\', which escapes nothing.");
                hasEscape = true;
            }

            text.Append(query[_at]);
            operands.Add(c is '*' or '?' && query[_at] == c);
        }

        return hasEscape ? Finish(text, operands) : Keyword(query[start.._at]) ?? Finish(text, operands);
    }

    private bool EndsWord()
    {
        var c = query[_at];
        return char.IsWhiteSpace(c) || c is '(' or ')' or '"' || c is '&' or '|' && Follows(c);
    }

    /// <summary>A name: neither the hour in 12:30 nor what stands before a second colon.</summary>
    private static bool IsKey(StringBuilder text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] is '_' or '$' or '@');

    /// <summary>Null when the colon belongs to the word, as in a URL.</summary>
    private Lexeme? Key(string key)
    {
        if (_at + 2 < query.Length && query[_at + 1] == '/' && query[_at + 2] == '/')
            return null;
        _at++;
        return _at == query.Length || char.IsWhiteSpace(query[_at]) || query[_at] is ')' or ':'
            ? new Lexeme(LexemeKind.Error, $"The key '{key}:' needs a word directly after the ':'.")
            : new Lexeme(LexemeKind.Key, key);
    }

    private static Lexeme? Keyword(string word) =>
        word.Equals("AND", StringComparison.OrdinalIgnoreCase) ? new Lexeme(LexemeKind.And, word)
        : word.Equals("OR", StringComparison.OrdinalIgnoreCase) ? new Lexeme(LexemeKind.Or, word)
        : word == "NOT" ? new Lexeme(LexemeKind.Not, word)
        : null;

    private static Lexeme Finish(StringBuilder text, List<bool> operands)
    {
        var word = text.ToString();
        int? edits = null;
        var tilde = word.Length > 1 && char.IsAsciiDigit(word[^1]) ? word.Length - 2 : word.Length - 1;
        if (tilde > 0 && word[tilde] == '~')
        {
            edits = tilde == word.Length - 1 ? -1 : word[^1] - '0';
            word = word[..tilde];
        }

        return new Lexeme(LexemeKind.Word, word, [.. operands.Take(word.Length)], edits);
    }
}

namespace AnyFetch.Search.Queries;

/// <summary>A query as it was written, before analysis (search-and-projection §1.2).</summary>
internal abstract record QueryNode;

/// <summary>A word; escapes are resolved.</summary>
internal sealed record WordNode(string Text) : QueryNode;

/// <summary>Words in quotes.</summary>
internal sealed record PhraseNode(string Text) : QueryNode;

/// <summary><c>a*</c>.</summary>
internal sealed record PrefixNode(string Text) : QueryNode;

/// <summary>A word with <c>?</c> for one character and <c>*</c> for any number inside.</summary>
internal sealed record WildcardNode(string Pattern) : QueryNode;

/// <summary><c>a~</c>: at most so many typing mistakes; null leaves it to the word's length.</summary>
internal sealed record FuzzyNode(string Text, int? Edits) : QueryNode;

/// <summary><c>key:…</c>.</summary>
internal sealed record KeyNode(string Key, QueryNode Inner) : QueryNode;

/// <summary>Operands that all must match, in any mode.</summary>
internal sealed record AndNode(QueryNodes Operands) : QueryNode;

/// <summary>Operands side by side: all must match in strict mode, one must in loose mode.</summary>
internal sealed record ListNode(QueryNodes Operands) : QueryNode;

/// <summary>Operands of which one must match.</summary>
internal sealed record OrNode(QueryNodes Operands) : QueryNode;

/// <summary><c>-a</c>, <c>!a</c>, <c>NOT a</c>.</summary>
internal sealed record NotNode(QueryNode Inner) : QueryNode;

/// <summary><c>+a</c>.</summary>
internal sealed record RequiredNode(QueryNode Inner) : QueryNode;

using AnyFetch.Core.Documents;

namespace AnyFetch.Core.Search;

/// <summary>Marks what a query matched, from the document itself (search-and-projection §1.5).</summary>
public interface IHighlighter
{
    /// <summary>Prepares a query once for many documents. A null, blank or malformed query marks nothing.</summary>
    IQueryHighlighter ForQuery(string? query);
}

/// <summary>Marks one query's matches. Everything it returns is safe HTML with <c>span.anyfetch-hlt</c> markers.</summary>
public interface IQueryHighlighter
{
    /// <summary>
    /// The matching metadata fields by dotted path (<c>title</c>, <c>messages.text</c>): short fields whole, long ones
    /// their best fragment of about <paramref name="snippetChars"/> characters. Empty when nothing matches.
    /// </summary>
    IReadOnlyDictionary<string, string> Highlight(Document document, int snippetChars);

    /// <summary>Marks matches in the text of an HTML fragment without breaking its tags.</summary>
    string HighlightHtml(string html);

    /// <summary>Escapes plain text and marks matches in it.</summary>
    string HighlightText(string text);
}

using System.Text;

namespace AnyFetch.Search.Highlights;

/// <summary>
/// Marks matches in the text of HTML. The tags stay as they are: a match that reaches over tags gets a mark on each
/// side of them.
/// </summary>
internal static class HtmlHighlighter
{
    public static string Highlight(string html, QueryTerms terms, Marker marker)
    {
        var text = new HtmlText(html);
        var spans = SpanFinder.Find(text.Plain, terms, terms.SequencesIn(null));
        if (spans.Count == 0)
            return html;
        var marked = new StringBuilder(html.Length + spans.Count * 40);
        var at = 0;
        foreach (var span in spans)
        {
            for (var i = span.Start; i < span.End;)
            {
                // As far as the text goes on without a tag between.
                var end = i + 1;
                while (end < span.End && text.Starts[end] == text.Ends[end - 1])
                    end++;
                if (text.Ends[end - 1] > text.Starts[i])
                {
                    marked.Append(html, at, text.Starts[i] - at);
                    marker.Open(marked);
                    marked.Append(html, text.Starts[i], text.Ends[end - 1] - text.Starts[i]);
                    Marker.Close(marked);
                    at = text.Ends[end - 1];
                }

                i = end;
            }
        }

        return marked.Append(html, at, html.Length - at).ToString();
    }
}

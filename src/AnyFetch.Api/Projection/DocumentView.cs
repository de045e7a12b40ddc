using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Api.Projection;

/// <summary>What of a document is shown: its title, a search hit, or all of it.</summary>
internal enum DocumentView
{
    Title,
    Snippet,
    Full,
}

/// <summary>Picks the text of a view.</summary>
internal static class DocumentViews
{
    public static string Of(this ViewTexts texts, DocumentView view) => view switch
    {
        DocumentView.Title => texts.Title,
        DocumentView.Snippet => texts.Snippet,
        _ => texts.Full,
    };
}

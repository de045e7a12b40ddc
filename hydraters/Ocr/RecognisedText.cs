using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>Writes what was recognised on the pages of a document.</summary>
internal static class RecognisedText
{
    internal static void Write(IEnumerable<string?> pages, bool isCut, ChangeSet changes)
    {
        var text = TextCleaner.Clean(string.Join("\n\n", pages.Where(page => !string.IsNullOrEmpty(page))));
        if (text.Length > 0)
        {
            changes.Text = text;
        }

        if (isCut)
        {
            changes.Truncated = true;
        }
    }
}

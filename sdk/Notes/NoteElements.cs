using System.Collections.Frozen;

namespace AnyFetch.Notes;

/// <summary>What becomes of the elements of a note.</summary>
internal static class NoteElements
{
    private static readonly FrozenSet<string> Blocks = Names(
        "address blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody tfoot thead tr ul caption");

    private static readonly FrozenSet<string> Inline = Names(
        "a abbr acronym b big cite code col colgroup del dfn em font i ins kbd q s samp small span strike strong sub sup td th "
        + "tt u var");

    // Encrypted text is nobody's to read; what a browser would run or load is shown nowhere.
    private static readonly FrozenSet<string> Dropped = Names(
        "en-crypt script style iframe object embed applet form input button select textarea link meta title head svg math "
        + "template noscript audio video");

    private static readonly FrozenSet<string> Void = Names("br hr col");

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static bool IsCell(string name) => name is "td" or "th";

    public static bool IsVoid(string name) => Void.Contains(name);

    public static bool IsShown(string name) => Blocks.Contains(name) || Inline.Contains(name);

    /// <summary>Whether it goes with all it holds.</summary>
    public static bool IsDropped(string name) => Dropped.Contains(name);

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

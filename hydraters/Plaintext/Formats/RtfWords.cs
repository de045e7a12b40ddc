using System.Collections.Frozen;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>The control words of RTF that stand for characters, hide their group, or name a character set.</summary>
internal static class RtfWords
{
    private static readonly FrozenSet<string> Hidden = FrozenSet.ToFrozenSet(
    [
        "colortbl", "stylesheet", "pict", "object", "themedata", "colorschememapping", "datastore", "listtable",
        "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "latentstyles", "filetbl", "revtbl", "fldinst", "pgptbl",
        "shpinst", "nonshppict", "bkmkstart", "bkmkend", "xe", "tc", "mmath", "wgrffmtfilter", "private", "template",
        "operator", "company", "comment", "subject", "keywords", "creatim", "revtim", "printim", "doccomm", "falt", "panose",
    ]);

    internal static bool IsHiddenDestination(string word) => Hidden.Contains(word);

    internal static string? TextOf(string word) => word switch
    {
        "tab" => "\t",
        "emdash" => "\u2014",
        "endash" => "\u2013",
        "bullet" => "\u2022",
        "lquote" => "\u2018",
        "rquote" => "\u2019",
        "ldblquote" => "\u201c",
        "rdblquote" => "\u201d",
        "emspace" or "enspace" or "qmspace" => " ",
        _ => null,
    };

    internal static int CodePageOf(int charset) => charset switch
    {
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => 0,
    };
}

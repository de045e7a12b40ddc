using System.Globalization;
using System.Text;

namespace AnyFetch.Search.Analysis;

/// <summary>
/// The class and the folded form of every UTF-16 unit, so that the analyser does one look-up per character. Folding
/// is lower case without accents. The accents come as a table of ours because the runtime, without ICU, normalises
/// ASCII only.
/// </summary>
internal static class CharTable
{
    private const int UnitCount = 0x10000;

    /// <summary>Each text starts with a base letter, followed by the letters that fold to it.</summary>
    private static readonly string[] s_folds =
    [
        "aªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặａ", "bḃḅḇｂ", "cçćĉċčḉｃ", "dðďđḋḍḏḑḓｄ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệｅ", "fḟｆ",
        "gĝğġģǧǵḡｇ", "hĥħȟḣḥḧḩḫẖｈ", "iìíîïĩīĭįİıǐȉȋɨḭḯỉịｉ", "jĵǰｊ", "kķǩḱḳḵｋ", "lĺļľŀłḷḹḻḽｌ", "mḿṁṃｍ", "nñńņňŉǹṅṇṉṋｎ",
        "oºòóôõöøǿōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợｏ", "pṕṗｐ", "qｑ", "rŕŗřȑȓṙṛṝṟｒ", "sśŝşšſșṡṣṥṧṩẛｓ", "tţťŧțṫṭṯṱẗｔ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựｕ", "vṽṿｖ", "wŵẁẃẅẇẉẘｗ", "xẋẍｘ", "yýÿŷȳẏẙỳỵỷỹｙ", "zźżžƶẑẓẕｚ", "ʒǯ",
        "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", "βϐ", "εέϵἐἑἒἓἔἕὲέ", "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ", "θϑ", "ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ",
        "κϰ", "μµ", "οόὀὁὂὃὄὅὸό", "πϖ", "ρϱῤῥ", "σςϲ", "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ", "φϕ", "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
        "аӑӓ", "гѓ", "еѐёӗ", "жӂӝ", "зӟ", "ийѝӣӥ", "кќ", "оӧ", "уўӯӱӳ", "чӵ", "ыӹ", "эӭ", "ії", "ѵѷ", "әӛ", "өӫ",
        "α\u1F71", "ε\u1F73", "η\u1F75", "ι\u1F77\u1FD3", "ο\u1F79", "υ\u1F7B\u1FE3", "ω\u1F7D",
    ];

    private static readonly byte[] s_classes = new byte[UnitCount];
    private static readonly char[] s_folded = new char[UnitCount];

    static CharTable()
    {
        var accents = s_folds.SelectMany(group => group[1..].Select(c => (From: c, To: group[0])))
            .DistinctBy(pair => pair.From)
            .ToDictionary(pair => pair.From, pair => pair.To);
        for (var unit = 0; unit < UnitCount; unit++)
        {
            var c = (char)unit;
            s_classes[unit] = (byte)Classify(c);
            var lower = c == 'İ' ? 'i' : char.ToLowerInvariant(c);
            s_folded[unit] = s_classes[unit] == (byte)CharClass.Digit
                ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c))
                : accents.GetValueOrDefault(lower, lower);
        }
    }

    public static CharClass ClassOf(char c) => (CharClass)s_classes[c];

    public static char Fold(char c) => s_folded[c];

    /// <summary>What a letter of class <see cref="CharClass.Multiple"/> folds to.</summary>
    public static ReadOnlySpan<byte> FoldMultiple(char c) => char.ToLowerInvariant(c) switch
    {
        'ß' or 'ẞ' => "ss"u8,
        'æ' or 'ǣ' or 'ǽ' => "ae"u8,
        'œ' => "oe"u8,
        'þ' => "th"u8,
        'ĳ' => "ij"u8,
        'ﬀ' => "ff"u8,
        'ﬁ' => "fi"u8,
        'ﬂ' => "fl"u8,
        'ﬃ' => "ffi"u8,
        'ﬄ' => "ffl"u8,
        _ => default,
    };

    /// <summary>The class of a character outside the basic plane.</summary>
    public static CharClass ClassOf(Rune rune)
    {
        if (rune.Value is >= 0x20000 and <= 0x3FFFF)
            return CharClass.Ideograph;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherSymbol => CharClass.Symbol,
            _ when Rune.IsLetterOrDigit(rune) => CharClass.Word,
            _ => CharClass.Separator,
        };
    }

    private static CharClass Classify(char c)
    {
        if (char.IsSurrogate(c))
            return CharClass.Surrogate;
        if (!FoldMultiple(c).IsEmpty)
            return CharClass.Multiple;
        if (IsIgnored(c))
            return CharClass.Skip;
        if (IsSpaceless(c))
            return CharClass.Ideograph;
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.DecimalDigitNumber => CharClass.Digit,
            UnicodeCategory.OtherSymbol when c < '\uFFFC' => CharClass.Symbol,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => CharClass.Word,
            _ => CharClass.Separator,
        };
    }

    /// <summary>Accents and vowel points, soft hyphen, zero-width joiners and marks, tatweel.</summary>
    private static bool IsIgnored(char c) => c is >= '\u0300' and <= '\u036F' or >= '\u0591' and <= '\u05C7'
        or >= '\u064B' and <= '\u065F' or '\u0670' or '\u0640' or '\u00AD' or '\uFEFF'
        or >= '\u200B' and <= '\u200F' or '\u2060' or >= '\uFE00' and <= '\uFE0F';

    /// <summary>Thai, Lao, Myanmar, Khmer; kana, Han, Hangul.</summary>
    private static bool IsSpaceless(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.OtherLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        && c is >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF'
            or >= '\u3005' and <= '\u3007' or >= '\u3041' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF'
            or >= '\u4E00' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\uF900' and <= '\uFAFF'
            or >= '\uFF66' and <= '\uFF9D';
}

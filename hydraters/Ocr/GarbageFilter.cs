using System.Text.RegularExpressions;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>
/// Tells noise from words (hydraters.md §6): what recognition makes of textures, lines and dirt has shapes that words do not
/// have. Dates, amounts, addresses and URLs are kept whatever they look like.
/// </summary>
internal static partial class GarbageFilter
{
    private const int WordCharactersMax = 40;
    private const int KeptCharactersMax = 200;
    private const int RepetitionsMin = 4;

    /// <summary>Shorter words, such as "Mr" or "kWh", have too few letters for a rule about vowels.</summary>
    private const int VowelWordMin = 4;

    private const string Vowels = "aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýÿ";

    internal static bool IsGarbage(string token) =>
        !IsKept(token)
        && (token.Length > WordCharactersMax
            || token.Count(char.IsLetterOrDigit) * 2 < token.Length
            || HasRepetition(token)
            || HasOddVowels(token)
            || HasMixedPunctuation(token)
            || HasOddCapitals(token));

    private static bool IsKept(string token) =>
        token.Length <= KeptCharactersMax
        && (Date().IsMatch(token) || Amount().IsMatch(token) || Email().IsMatch(token) || Url().IsMatch(token));

    private static bool HasRepetition(string token)
    {
        var run = 1;
        for (var i = 1; i < token.Length; i++)
        {
            run = token[i] == token[i - 1] ? run + 1 : 1;
            if (run >= RepetitionsMin)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Latin words have vowels and consonants; acronyms need not. Other scripts have rules of their own.</summary>
    private static bool HasOddVowels(string token)
    {
        if (token.Length < VowelWordMin || !token.All(IsLatinLetter) || token.All(char.IsUpper))
        {
            return false;
        }

        var vowels = token.Count(c => Vowels.Contains(char.ToLowerInvariant(c), StringComparison.Ordinal));
        var consonants = token.Length - vowels;
        return vowels * 10 < consonants || consonants * 10 < vowels;
    }

    private static bool HasMixedPunctuation(string token)
    {
        if (token.Length < 3)
        {
            return false;
        }

        var marks = token.AsSpan(1, token.Length - 2);
        var first = '\0';
        foreach (var c in marks)
        {
            if (!char.IsLetterOrDigit(c))
            {
                if (first != '\0' && c != first)
                {
                    return true;
                }

                first = c;
            }
        }

        return false;
    }

    private static bool HasOddCapitals(string token)
    {
        var capitals = token.Count(char.IsUpper);
        var small = token.Count(char.IsLower);
        return capitals > 0 && small > 0
            && (capitals > small || (char.IsLower(token[0]) && char.IsLower(token[^1])));
    }

    private static bool IsLatinLetter(char c) => char.IsLetter(c) && c < '\u0250';

    [GeneratedRegex(@"^\(?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[).,;:]?$", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Date();

    [GeneratedRegex(@"^\(?[-+]?[€$£¥]?\d[\d.,' ]*[€$£¥%]?[).,;:]?$", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[(<]?[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}[)>.,;:]?$", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[(<]?(https?://|www\.)[\x21-\x7e]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 50)]
    private static partial Regex Url();
}

using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Words that occur nowhere else and tell whose they are, so that a leak is seen wherever it happens.</summary>
internal static partial class FuzzMark
{
    /// <summary>A new mark of an owner, who has a short name of letters and digits without an x.</summary>
    public static string Of(string owner) => $"qzleak{owner}x{Guid.NewGuid():N}";

    /// <summary>Whose marks stand in an answer.</summary>
    public static IEnumerable<string> OwnersIn(FuzzAnswer answer)
    {
        if (answer.Body.AsSpan().IndexOf("zleak"u8) < 0 && !answer.Head.Contains("zleak", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        return Mark().Matches(answer.Head + Encoding.Latin1.GetString(answer.Body)).Select(m => m.Groups[1].Value).Distinct();
    }

    [GeneratedRegex("qzleak([0-9a-wyz]+)x", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();
}

using System.Text;
using System.Text.RegularExpressions;
using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime;

/// <summary>
/// Files that old programs wrote into the text of a mail: a line <c>begin 644 name</c>, coded lines, a line <c>end</c>.
/// </summary>
public static partial class UuencodedText
{
    private const int FilesMax = 100;

    /// <summary>Takes the files out of a text. A block without its end is text.</summary>
    public static (string Text, IReadOnlyList<UuFile> Files) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var files = new List<UuFile>();
        if (!text.Contains("begin ", StringComparison.Ordinal))
        {
            return (text, files);
        }

        var lines = text.Split('\n');
        var lastEnd = Array.FindLastIndex(lines, IsEnd);
        var rest = new StringBuilder(text.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var begin = i < lastEnd && files.Count < FilesMax ? Begin().Match(lines[i].TrimEnd('\r')) : Match.Empty;
            var end = begin.Success && i + 1 < lines.Length && IsCoded(lines[i + 1]) ? Array.FindIndex(lines, i + 1, IsEnd) : -1;
            if (end < 0)
            {
                rest.Append(lines[i]).Append(i + 1 < lines.Length ? "\n" : "");
                continue;
            }

            files.Add(new UuFile(begin.Groups[1].Value.Trim(), Decode(lines.AsSpan((i + 1)..end))));
            i = end;
        }

        return (rest.ToString(), files);
    }

    private static bool IsEnd(string line) => line.TrimEnd('\r') == "end";

    private static bool IsCoded(string line)
    {
        var text = line.TrimEnd('\r');
        if (text.Length == 0 || text[0] is < ' ' or > '`')
        {
            return false;
        }

        var characters = (((text[0] - ' ') & 63) + 2) / 3 * 4;
        return text.Length - 1 >= characters - 3 && text.Length - 1 <= characters + 3;
    }

    private static byte[] Decode(ReadOnlySpan<string> lines)
    {
        var input = Encoding.Latin1.GetBytes(string.Join('\n', lines.ToArray()));
        var output = new byte[input.Length];
        new UuDecoder().Decode(input, isLast: true, output, out _, out var written);
        return output[..written];
    }

    [GeneratedRegex("^begin [0-7]{3,4} (.{1,200})$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Begin();
}

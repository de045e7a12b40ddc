using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AnyFetch.Provider;

/// <summary>
/// Unicode's canonical composition (NFC), so that a name spelt with combining marks equals the same name spelt without. The
/// runtime's own normalisation does nothing where globalisation is invariant, as in the server.
/// </summary>
public static class CanonicalText
{
    // Below this every character is its own composed form, and nothing combines.
    private const char FirstMark = '\u0300';
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Load);

    /// <summary>The text in normal form C. Lone surrogates are left as they are.</summary>
    /// <param name="text">Any text.</param>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)))
        {
            return text;
        }

        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Decompose(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i], points);
        }

        Order(points);
        Recompose(points);
        var composed = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            _ = point is >= 0xD800 and <= 0xDFFF
                ? composed.Append((char)point)
                : composed.Append(char.ConvertFromUtf32(point));
        }

        return composed.ToString();
    }

    private static void Decompose(int point, List<int> target)
    {
        var syllable = point - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount)
        {
            target.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            target.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount > 0)
            {
                target.Add(TailBase + (syllable % TailCount));
            }
        }
        else if (Data.Value.Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, target);
            if (parts.Second > 0)
            {
                Decompose(parts.Second, target);
            }
        }
        else
        {
            target.Add(point);
        }
    }

    // Marks of different classes do not interact: they stand in the order of their classes, equal ones as written.
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var rank = Data.Value.ClassOf(points[i]);
            var at = i;
            while (rank > 0 && at > 0 && Data.Value.ClassOf(points[at - 1]) > rank)
            {
                at--;
            }

            if (at < i)
            {
                var point = points[i];
                points.RemoveAt(i);
                points.Insert(at, point);
            }
        }
    }

    private static void Recompose(List<int> points)
    {
        var (starter, lastClass, kept) = (-1, 0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var rank = Data.Value.ClassOf(point);
            var isBlocked = starter != kept - 1 && (lastClass >= rank || lastClass == 0);
            if (starter >= 0 && !isBlocked && Pair(points[starter], point) is { } joined)
            {
                points[starter] = joined;
                continue;
            }

            if (rank == 0)
            {
                starter = kept;
            }

            lastClass = rank;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount && second - VowelBase is >= 0 and < VowelCount)
        {
            return HangulBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
        }

        var syllable = first - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0
            && second - TailBase is > 0 and < TailCount)
        {
            return first + second - TailBase;
        }

        return Data.Value.Pairs.TryGetValue((first, second), out var joined) ? joined : null;
    }

    /// <summary>The Unicode character database's canonical mappings and combining classes, version 14.</summary>
    private sealed record Tables(
        FrozenDictionary<int, (int First, int Second)> Parts,
        FrozenDictionary<(int First, int Second), int> Pairs,
        FrozenDictionary<int, int> Classes)
    {
        private const string Resource = "AnyFetch.Provider.canonical.txt";

        public int ClassOf(int point) => point < FirstMark ? 0 : Classes.GetValueOrDefault(point);

        // "=" maps both ways, "-" only apart, "#" is a range with its combining class.
        public static Tables Load()
        {
            var parts = new Dictionary<int, (int, int)>();
            var pairs = new Dictionary<(int, int), int>();
            var classes = new Dictionary<int, int>();
            using var reader = new StreamReader(typeof(CanonicalText).Assembly.GetManifestResourceStream(Resource)!);
            while (reader.ReadLine() is { } line)
            {
                var fields = line.Split(' ');
                var (first, second) = (Hex(fields[1]), Hex(fields[2]));
                if (fields[0] == "#")
                {
                    var rank = int.Parse(fields[3], CultureInfo.InvariantCulture);
                    Enumerable.Range(first, second - first + 1).ToList().ForEach(point => classes[point] = rank);
                    continue;
                }

                var third = fields.Length > 3 ? Hex(fields[3]) : 0;
                parts[first] = (second, third);
                if (fields[0] == "=")
                {
                    pairs[(second, third)] = first;
                }
            }

            return new Tables(parts.ToFrozenDictionary(), pairs.ToFrozenDictionary(), classes.ToFrozenDictionary());
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}

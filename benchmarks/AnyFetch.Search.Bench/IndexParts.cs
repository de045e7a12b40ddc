using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Bench;

/// <summary>Tells what an index's bytes are spent on.</summary>
internal static class IndexParts
{
    public static void Print(string directory)
    {
        var parts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(directory, "*.segment", SearchOption.AllDirectories))
        {
            using var segment = Segment.Open(path);
            Add(parts, "segments", 1);
            foreach (var section in Enum.GetValues<SegmentSection>().Where(s => s != SegmentSection.Postings))
                Add(parts, section.ToString(), segment.ByteCountOf(section));
            var terms = new TermCursor(segment.Terms);
            while (terms.MoveNext())
            {
                var kind = KeyCode.IsMarked(terms.Term) ? "under keys" : "anywhere";
                Add(parts, $"terms {kind}", 1);
                Add(parts, $"rows {kind}", terms.Info.DocsBytes);
                Add(parts, $"positions {kind}", terms.Info.PositionsBytes);
            }
        }

        foreach (var (part, bytes) in parts.Where(p => p.Value > 0))
            Console.WriteLine($"{part,-24}{bytes,14:#,0}");
    }

    private static void Add(Dictionary<string, long> parts, string part, long bytes) =>
        parts[part] = parts.GetValueOrDefault(part) + bytes;
}

using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Tests.Support;
using AnyFetch.Search.Writing;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Segments;

/// <summary>Segments are read as they were written, and never when they are not.</summary>
public sealed class SegmentTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Terms_and_postings_come_back()
    {
        var random = new Random(7);
        var texts = Enumerable.Range(0, 2_500).Select(_ => Words(random)).ToList();
        using var segment = Build(texts);
        var rowsOfWord = texts.SelectMany((t, row) => t.Split(' ').Distinct().Select(w => (w, row)))
            .GroupBy(p => p.w).ToDictionary(g => g.Key, g => g.Select(p => p.row).ToList());

        var cursor = new TermCursor(segment.Terms);
        var terms = new List<string>();
        while (cursor.MoveNext())
        {
            var term = System.Text.Encoding.UTF8.GetString(cursor.Term);
            terms.Add(term);
            if (rowsOfWord.TryGetValue(term, out var rows))
                Assert.Equal(rows, Rows(segment, cursor.Info));
        }

        Assert.Equal(terms.OrderBy(t => t, Comparer<string>.Create(ByBytes)), terms);
        Assert.All(rowsOfWord.Keys, word => Assert.Contains(word, terms));
    }

    [Fact]
    public void A_cursor_advances_to_any_row()
    {
        var random = new Random(8);
        var texts = Enumerable.Range(0, 3_000).Select(_ => Words(random)).ToList();
        using var segment = Build(texts);
        foreach (var word in new[] { "w0", "w1", "w5", "w40", "w300" })
        {
            var info = segment.Terms.Find(System.Text.Encoding.UTF8.GetBytes(word));
            var rows = Rows(segment, info);
            for (var run = 0; run < 50; run++)
            {
                var cursor = new PostingsCursor().Open(segment, info);
                for (var row = random.Next(100); row < texts.Count; row += random.Next(1, 700))
                {
                    var expected = rows.FirstOrDefault(r => r >= row, PostingsCursor.End);
                    Assert.True(cursor.Seek(row) <= expected);
                    Assert.Equal(expected, cursor.Advance(row));
                }
            }
        }
    }

    [Fact]
    public void Merging_keeps_live_rows_with_everything_they_have()
    {
        var random = new Random(9);
        var texts = Enumerable.Range(0, 1_000).Select(_ => Words(random)).ToList();
        using var first = Build(texts[..300]);
        using var second = Build(texts[300..]);
        var dead = Enumerable.Range(0, 700).Where(_ => random.Next(3) == 0).ToList();
        using var merged = SegmentMerger.Merge(
            [SegmentRows.All(first), SegmentRows.All(second).Without(dead)], CancellationToken.None);
        using var direct = Build([.. texts[..300], .. texts[300..].Where((_, i) => !dead.Contains(i))]);

        Assert.Equal(direct.RowCount, merged.RowCount);
        var expected = new TermCursor(direct.Terms);
        var actual = new TermCursor(merged.Terms);
        while (expected.MoveNext())
        {
            Assert.True(actual.MoveNext());
            Assert.Equal(expected.Term.ToArray(), actual.Term.ToArray());
            Assert.Equal(Postings(direct, expected.Info), Postings(merged, actual.Info));
        }

        Assert.False(actual.MoveNext());
    }

    [Fact]
    public void No_changed_or_shortened_file_is_believed()
    {
        var random = new Random(10);
        var path = Path.Combine(_directory.Path, "one.segment");
        using (var segment = Build([.. Enumerable.Range(0, 200).Select(_ => Words(random))]))
            WriteFile(path, segment);
        using (var whole = Segment.Open(path))
            Assert.Equal(200, whole.RowCount);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])bytes.Clone();
            if (i % 4 == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            else
                damaged[random.Next(damaged.Length - (i % 4 == 1 ? 0 : 16))] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            Assert.Throws<DamagedIndexException>(() => Segment.Open(path));
        }
    }

    [Fact]
    public void Damage_in_any_part_of_a_file_is_noticed()
    {
        var random = new Random(11);
        var path = Path.Combine(_directory.Path, "parts.segment");
        using (var segment = Build([.. Enumerable.Range(0, 200).Select(_ => Words(random))]))
            WriteFile(path, segment);
        var bytes = File.ReadAllBytes(path);
        var footer = SegmentFooter.Read(bytes.AsSpan(^SegmentFooter.ByteCount..), bytes.Length);
        var parts = Enum.GetValues<SegmentSection>()
            .Select(s => (Start: footer.Start(s), Length: footer.Length(s)))
            .Append((Start: bytes.Length - SegmentFooter.ByteCount, Length: SegmentFooter.ByteCount));
        foreach (var (start, length) in parts.Where(p => p.Length > 0))
        {
            foreach (var place in new[] { start, start + length / 2, start + length - 1 })
            {
                var damaged = (byte[])bytes.Clone();
                damaged[place] ^= 0x20;
                File.WriteAllBytes(path, damaged);
                Assert.Throws<DamagedIndexException>(() => Segment.Open(path));
            }
        }
    }

    private static List<int> Rows(Segment segment, TermInfo info)
    {
        var rows = new List<int>();
        var cursor = new PostingsCursor().Open(segment, info);
        for (var row = cursor.Advance(0); row != PostingsCursor.End; row = cursor.Advance(row + 1))
            rows.Add(row);
        return rows;
    }

    private static List<string> Postings(Segment segment, TermInfo info)
    {
        var postings = new List<string>();
        var cursor = new PostingsCursor().Open(segment, info);
        for (var row = cursor.Advance(0); row != PostingsCursor.End; row = cursor.Advance(row + 1))
        {
            var positions = new uint[cursor.PositionCount];
            cursor.ReadPositions(positions);
            postings.Add($"{row}: {string.Join(' ', positions)}");
        }

        return postings;
    }

    private static Segment Build(IReadOnlyList<string> texts)
    {
        var builder = new SegmentBuilder();
        for (var i = 0; i < texts.Count; i++)
        {
            builder.Add(new Document
            {
                Id = new DocumentId(new ObjectId((uint)i, 1)),
                Company = new(new ObjectId(1, 1)),
                Provider = new(new ObjectId(2, (ulong)i % 3)),
                Identifier = Identifier.Parse($"d{i}"),
                Type = BuiltInDocumentTypes.Document,
                CreationDate = SearchHarness.Epoch.AddDays(texts[i].Length),
                ModificationDate = SearchHarness.Epoch,
                Metadata = JsonFields.FromText($$"""{"text":"{{texts[i]}}","title":"t{{texts[i].Length % 7}} u1"}"""),
            }, MappingReader.Default);
        }

        return builder.Build();
    }

    private static void WriteFile(string path, Segment segment)
    {
        using var stream = new FileStream(path, FileMode.Create);
        using var sink = new ByteSink(stream);
        SegmentMerger.Merge([SegmentRows.All(segment)], sink, CancellationToken.None);
        sink.PassOn(isEnd: true);
        stream.Write(BitConverter.GetBytes((ulong)sink.Checksum));
    }

    private static string Words(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 40))
        .Select(_ => $"w{(int)Math.Pow(1_000, random.NextDouble()) - 1}"));

    private static int ByBytes(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
}

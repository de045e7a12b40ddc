using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Search.Commits;
using AnyFetch.Search.Segments;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Commits;

public sealed class ManifestTests : IDisposable
{
    private static readonly Manifest s_whole = new(
        "feed",
        new FeedPosition(3, 70_000),
        9,
        [new("00000007.segment", 0xFEDCBA98, null), new("00000008.segment", 1, [0x5, ulong.MaxValue])],
        [new UnindexedDocument(new DocumentId(new ObjectId(5, 6)), "InvalidOperationException: it is so")]);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_manifest_comes_back()
    {
        s_whole.Write(_directory.Path);

        var back = Manifest.Read(_directory.Path)!;

        Assert.Equal((s_whole.Feed, s_whole.Position, s_whole.NextFile), (back.Feed, back.Position, back.NextFile));
        Assert.Equal(s_whole.Segments.Select(s => (s.FileName, s.Checksum)), back.Segments.Select(s => (s.FileName, s.Checksum)));
        Assert.Equal(s_whole.Segments.Select(s => s.Live), back.Segments.Select(s => s.Live));
        Assert.Equal(s_whole.SetAside, back.SetAside);
    }

    [Fact]
    public void A_manifest_with_any_byte_changed_or_missing_is_not_believed()
    {
        s_whole.Write(_directory.Path);
        var path = Manifest.PathIn(_directory.Path);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= (byte)(1 << i % 8);
            File.WriteAllBytes(path, damaged);
            Assert.Throws<DamagedIndexException>(() => Manifest.Read(_directory.Path));
            File.WriteAllBytes(path, bytes[..i]);
            Assert.Throws<DamagedIndexException>(() => Manifest.Read(_directory.Path));
        }
    }
}

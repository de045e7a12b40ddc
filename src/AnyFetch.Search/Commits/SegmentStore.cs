using System.Collections.Concurrent;
using System.Globalization;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Writing;

namespace AnyFetch.Search.Commits;

/// <summary>
/// The segments of one index, those in memory and those in files, and the manifest that names the files. Whoever changes
/// them holds the index's writing lock; whoever reads rents the snapshot of the moment.
/// </summary>
internal sealed class SegmentStore : IDisposable
{
    private readonly string _directory;
    private readonly UnflushedMemory _unflushed;

    /// <summary>Files that are being written, which no manifest names so far.</summary>
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);
    private volatile IndexSnapshot _current;
    private int _nextFile;

    private SegmentStore(
        string directory, Manifest manifest, IReadOnlyList<SegmentRows> segments, UnflushedMemory unflushed)
    {
        (_directory, _unflushed) = (directory, unflushed);
        _nextFile = manifest.NextFile;
        (Feed, FlushedTo) = (manifest.Feed, manifest.Position);
        SetAside = new SetAside(manifest.SetAside);
        _current = new IndexSnapshot(segments);
    }

    public string Feed { get; }

    /// <summary>What is wrong with it when some of its documents are missing; null for a whole index.</summary>
    public string? Damage { get; private init; }

    /// <summary>How far in the feed the files go.</summary>
    public FeedPosition FlushedTo { get; private set; }

    /// <summary>Documents that could not be indexed.</summary>
    public SetAside SetAside { get; }

    /// <summary>The segments now.</summary>
    public IReadOnlyList<SegmentRows> Segments => _current.Segments;

    /// <summary>Bytes of the segments that are in no file.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Documents now.</summary>
    public int LiveCount => _current.LiveCount;

    /// <summary>The document's segment and row now.</summary>
    public (int Segment, int Row) Find(Core.Documents.DocumentId id) => _current.Find(id);

    /// <summary>An empty index that follows a feed from its start.</summary>
    public static SegmentStore Create(string directory, string feed, UnflushedMemory unflushed)
    {
        Directory.CreateDirectory(directory);
        var manifest = new Manifest(feed, FeedPosition.Start, 1, [], []);
        manifest.Write(directory);
        return new SegmentStore(directory, manifest, [], unflushed);
    }

    /// <summary>
    /// Opens what the manifest names; null when it is of another format or feed. Files that are not as they were written are
    /// left out and told of in <see cref="Damage"/>.
    /// </summary>
    /// <exception cref="DamagedIndexException">Nothing of it can be used.</exception>
    public static SegmentStore? Open(string directory, string feed, UnflushedMemory unflushed)
    {
        if (Manifest.Read(directory) is not { } manifest || manifest.Feed != feed)
            return null;
        var segments = new List<SegmentRows>();
        var damage = DamageMark.Read(directory);
        try
        {
            foreach (var segment in manifest.Segments)
            {
                if (TryOpen(directory, segment, ref damage) is { } opened)
                    segments.Add(opened);
            }

            if (damage is not null)
            {
                if (segments.All(s => s.LiveCount == 0))
                    throw new DamagedIndexException(damage);
                DamageMark.Write(directory, damage);
            }

            var store = new SegmentStore(directory, manifest, segments, unflushed) { Damage = damage };
            store.DeleteOthers(manifest);
            return store;
        }
        finally
        {
            // The snapshot has rented them.
            segments.ForEach(s => s.Segment.Dispose());
        }
    }

    /// <summary>The snapshot of the moment, which the caller must dispose.</summary>
    public IndexSnapshot Rent()
    {
        while (true)
        {
            var current = _current;
            if (current.TryRent())
                return current;
        }
    }

    /// <summary>Makes other segments the current ones.</summary>
    public void Publish(IReadOnlyList<SegmentRows> segments)
    {
        var before = _current;
        _current = new IndexSnapshot(segments);
        before.Dispose();
        CountMemory(segments.Sum(s => s.Segment.FileName is null ? s.Segment.ByteCount : 0));
    }

    /// <summary>Puts a segment in the place of those that it was merged from. What died in these meanwhile is dead in it.</summary>
    public void Replace(IReadOnlyList<SegmentRows> merged, Segment? result)
    {
        var segments = new List<SegmentRows>();
        var dead = new List<int>();
        var place = -1;
        foreach (var now in Segments)
        {
            if (merged.FirstOrDefault(m => m.Segment == now.Segment) is not { } before)
            {
                segments.Add(now);
                continue;
            }

            if (place < 0)
                place = segments.Count;
            if (result is not null)
                dead.AddRange(now.DiedSince(before).Select(row => result.Find(now.Segment.Id(row))));
        }

        if (result is not null)
            segments.Insert(place, SegmentRows.All(result).Without(dead));
        Publish(segments);
        if (result?.FileName is { } name)
            _written.TryRemove(name, out _);
    }

    /// <summary>Writes merged segments to a new file; null when nothing of them is live.</summary>
    public Segment? Write(IReadOnlyList<SegmentRows> sources, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _nextFile) - 1;
        var name = number.ToString("D8", CultureInfo.InvariantCulture) + ".segment";
        var path = Path.Combine(_directory, name);
        if (sources.All(s => s.LiveCount == 0))
            return null;
        _written[name] = true;
        try
        {
            using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            using (var sink = new ByteSink(stream))
            {
                SegmentMerger.Merge(sources, sink, cancellationToken);
                sink.PassOn(isEnd: true);
                Span<byte> checksum = stackalloc byte[sizeof(ulong)];
                System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(checksum, sink.Checksum);
                stream.Write(checksum);
                stream.Flush(flushToDisk: true);
            }

            return Segment.Read(SegmentMemory.Map(path), name);
        }
        catch
        {
            File.Delete(path);
            _written.TryRemove(name, out _);
            throw;
        }
    }

    /// <summary>Writes the manifest of the files now, and deletes the files that it does not name.</summary>
    public void Commit(FeedPosition flushedTo)
    {
        var manifest = new Manifest(Feed, flushedTo, _nextFile, [.. Segments
            .Where(s => s.Segment.FileName is not null)
            .Select(s => new ManifestSegment(s.Segment.FileName!, s.Segment.Checksum, s.Live))], SetAside.Documents);
        manifest.Write(_directory);
        FlushedTo = flushedTo;
        DeleteOthers(manifest);
    }

    public void Dispose()
    {
        _current.Dispose();
        CountMemory(0);
    }

    private void CountMemory(long bytes)
    {
        _unflushed.Add(bytes - MemoryBytes);
        MemoryBytes = bytes;
    }

    /// <summary>Opens a file; null when it is not as it was written.</summary>
    private static SegmentRows? TryOpen(string directory, ManifestSegment named, ref string? damage)
    {
        try
        {
            return Open(directory, named);
        }
        catch (DamagedIndexException e)
        {
            damage = e.Message;
            return null;
        }
    }

    private static SegmentRows Open(string directory, ManifestSegment named)
    {
        var path = Path.Combine(directory, named.FileName);
        if (!File.Exists(path))
            throw new DamagedIndexException($"{named.FileName} is missing.");
        var segment = Segment.Open(path);
        if (segment.Checksum == named.Checksum && (named.Live is null || named.Live.Length == (segment.RowCount + 63) >> 6))
            return named.Live is null ? SegmentRows.All(segment) : SegmentRows.Of(segment, named.Live);
        segment.Dispose();
        throw new DamagedIndexException($"{named.FileName} is not the file that the manifest names.");
    }

    private void DeleteOthers(Manifest manifest)
    {
        var named = manifest.Segments.Select(s => s.FileName).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_directory, "*.segment"))
        {
            var name = Path.GetFileName(path);
            if (!named.Contains(name) && !_written.ContainsKey(name))
                File.Delete(path);
        }
    }
}

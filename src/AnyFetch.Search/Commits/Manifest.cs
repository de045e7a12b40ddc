using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Files;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Commits;

/// <summary>
/// What an index on disk consists of: its segments' files with those of their rows that count, and how far in the feed they
/// go. It is written to a new file that takes the old one's name, so there is always a whole one; what no manifest
/// names is not part of the index.
/// </summary>
/// <param name="Feed">The feed that the index follows.</param>
/// <param name="Position">Everything up to here is in the files.</param>
/// <param name="NextFile">Number of the next file.</param>
/// <param name="Segments">The files.</param>
/// <param name="SetAside">Documents up to the position that could not be indexed.</param>
internal sealed record Manifest(
    string Feed,
    FeedPosition Position,
    int NextFile,
    IReadOnlyList<ManifestSegment> Segments,
    IReadOnlyCollection<UnindexedDocument> SetAside)
{
    private const ulong Magic = 0x3174736566696E4D;
    private const string FileName = "manifest";

    public static string PathIn(string directory) => Path.Combine(directory, FileName);

    public void Write(string directory)
    {
        var path = PathIn(directory);
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
        using (var sink = new ByteSink(stream))
        {
            Write(sink);
            sink.PassOn(isEnd: true);
            Span<byte> checksum = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, sink.Checksum);
            stream.Write(checksum);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        DirectorySync.Flush(directory);
    }

    /// <summary>Reads the manifest of an index; null when it is of another format.</summary>
    /// <exception cref="DamagedIndexException">It is not what was written.</exception>
    public static unsafe Manifest? Read(string directory)
    {
        var bytes = File.ReadAllBytes(PathIn(directory));
        if (bytes.Length < 16 || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic)
            throw new DamagedIndexException("The manifest is none.");
        if (Checksum.Add(Checksum.Seed, bytes.AsSpan(..^4)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^4..)))
            throw new DamagedIndexException("The manifest's checksum is wrong.");
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)) != SegmentFooter.FormatVersion)
            return null;
        fixed (byte* start = bytes)
        {
            var at = start + 12;
            var feed = Text(ref at);
            var position = new FeedPosition((long)Varint.Read64(ref at), (long)Varint.Read64(ref at));
            var nextFile = (int)Varint.Read(ref at);
            var segments = new ManifestSegment[Varint.Read(ref at)];
            for (var i = 0; i < segments.Length; i++)
            {
                segments[i] = new ManifestSegment(Text(ref at), Varint.Read(ref at), Words(ref at));
            }

            var setAside = new UnindexedDocument[Varint.Read(ref at)];
            for (var i = 0; i < setAside.Length; i++)
                setAside[i] = new UnindexedDocument(Id(ref at), Text(ref at));
            return new Manifest(feed, position, nextFile, segments, setAside);
        }
    }

    private void Write(ByteSink sink)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(sink.Take(8), Magic);
        BinaryPrimitives.WriteInt32LittleEndian(sink.Take(4), SegmentFooter.FormatVersion);
        Text(sink, Feed);
        sink.WriteVarint((ulong)Position.Transaction);
        sink.WriteVarint((ulong)Position.Sequence);
        sink.WriteVarint((ulong)NextFile);
        sink.WriteVarint((ulong)Segments.Count);
        foreach (var segment in Segments)
        {
            Text(sink, segment.FileName);
            sink.WriteVarint(segment.Checksum);
            var live = MemoryMarshal.AsBytes(segment.Live.AsSpan());
            sink.WriteVarint((ulong)live.Length);
            sink.Write(live);
        }

        sink.WriteVarint((ulong)SetAside.Count);
        foreach (var document in SetAside)
        {
            document.Id.Value.Write(sink.Take(ObjectId.ByteCount));
            Text(sink, document.Reason);
        }
    }

    private static unsafe DocumentId Id(ref byte* at)
    {
        var id = ObjectId.Read(new ReadOnlySpan<byte>(at, ObjectId.ByteCount));
        at += ObjectId.ByteCount;
        return new DocumentId(id);
    }

    private static void Text(ByteSink sink, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        sink.WriteVarint((ulong)bytes.Length);
        sink.Write(bytes);
    }

    private static unsafe string Text(ref byte* at)
    {
        var length = (int)Varint.Read(ref at);
        var text = Encoding.UTF8.GetString(at, length);
        at += length;
        return text;
    }

    private static unsafe ulong[]? Words(ref byte* at)
    {
        var length = (int)Varint.Read(ref at);
        if (length == 0)
            return null;
        var words = new ulong[length / sizeof(ulong)];
        new ReadOnlySpan<byte>(at, length).CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        at += length;
        return words;
    }
}

/// <summary>A segment's file.</summary>
/// <param name="FileName">In the index's directory.</param>
/// <param name="Checksum">That of its content.</param>
/// <param name="Live">One bit for each row that counts; null when all do.</param>
internal sealed record ManifestSegment(string FileName, uint Checksum, ulong[]? Live);

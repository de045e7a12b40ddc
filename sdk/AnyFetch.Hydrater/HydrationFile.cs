using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydrater;

/// <summary>The document's file as a local, read-only copy. It is deleted, or taken back, when the task ends.</summary>
public sealed class HydrationFile
{
    private readonly string _name;
    private SniffedContent? _content;

    internal HydrationFile(string path, string name)
    {
        Path = path;
        _name = name;
        Length = new FileInfo(path).Length;
    }

    /// <summary>The absolute path of the local copy. Its own name says nothing about the document.</summary>
    public string Path { get; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>
    /// What the content is, judged by its first bytes, the entries of a zip and last the extension of the document's path.
    /// Looked up once, on first use.
    /// </summary>
    public SniffedContent Content => _content ??= ContentSniffer.Sniff(Path, _name);

    /// <summary>Opens the file for reading. Several streams may be open at once.</summary>
    public FileStream OpenRead() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);

    /// <summary>
    /// The whole file as text, in the encoding that it looks like, for formats that are small. Throws
    /// <see cref="HydrationException"/> when it has more than <paramref name="bytesMax"/> bytes.
    /// </summary>
    public async Task<string> ReadTextAsync(int bytesMax, CancellationToken cancellationToken)
    {
        if (Length > bytesMax)
        {
            throw new HydrationException($"The file is larger than {bytesMax:N0} bytes.");
        }

        var bytes = new byte[Length];
        var stream = OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return CharsetDetector.Decode(bytes);
    }
}

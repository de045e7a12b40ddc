namespace AnyFetch.Client;

/// <summary>A file to upload, opened anew for each attempt so that a failed one can be repeated.</summary>
public sealed record DocumentFile
{
    /// <summary>Opens the content at its beginning; the client disposes it.</summary>
    public required Func<CancellationToken, ValueTask<Stream>> Open { get; init; }

    /// <summary>The name that travels with the part. Default <c>file</c>.</summary>
    public string Name { get; init; } = "file";

    /// <summary>The media type of the part. Default <c>application/octet-stream</c>.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>
    /// The length in bytes when it is known: the request then carries it, and content that turns out shorter fails the
    /// upload. Null sends the content in chunks.
    /// </summary>
    public long? Length { get; init; }

    /// <summary>A file on disk, with its length as of now.</summary>
    /// <param name="path">The file's path.</param>
    public static DocumentFile FromPath(string path)
    {
        var info = new FileInfo(path);
        return new DocumentFile
        {
            Name = info.Name,
            Length = info.Length,
            Open = _ => ValueTask.FromResult<Stream>(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true)),
        };
    }
}

namespace AnyFetch.Mime.Tnef;

/// <summary>A file in a <c>winmail.dat</c>.</summary>
public sealed class TnefAttachment
{
    private readonly Func<Stream> _open;

    internal TnefAttachment(string name, string? contentType, string? contentId, long length, Func<Stream> open)
    {
        Name = name;
        ContentType = contentType;
        ContentId = contentId;
        Length = length;
        _open = open;
    }

    /// <summary>The name that the sender gave, or empty. It may hold anything: never use it as a path.</summary>
    public string Name { get; }

    /// <summary>The MIME type that the sender gave, or null.</summary>
    public string? ContentType { get; }

    /// <summary>The id by which the mail's HTML names the file, or null.</summary>
    public string? ContentId { get; }

    /// <summary>Bytes of the content.</summary>
    public long Length { get; }

    /// <summary>Opens the content, which is read from the source of the whole.</summary>
    public Stream OpenContent() => _open();
}

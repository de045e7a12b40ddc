using AnyFetch.Mime.Charsets;
using AnyFetch.Mime.Headers;
using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime;

/// <summary>A part of a mail (RFC 2045): a multipart with parts of its own, or a leaf with content.</summary>
public sealed class MimePart
{
    private readonly Stream _source;
    private readonly MimeOptions _options;
    private readonly List<MimePart> _parts = [];
    private readonly StructuredField? _type;
    private readonly StructuredField? _disposition;
    private readonly string _defaultType;
    private readonly long _start;
    private long _end;

    internal MimePart(Stream source, HeaderList headers, long start, string defaultType, MimeOptions options)
    {
        _source = source;
        _options = options;
        _start = start;
        _end = start;
        _defaultType = defaultType;
        Headers = headers;
        _type = headers.Structured("Content-Type");
        _disposition = headers.Structured("Content-Disposition");
    }

    /// <summary>The part's own header fields.</summary>
    public HeaderList Headers { get; }

    /// <summary>
    /// The MIME type in lower case without parameters. <c>text/plain</c> when none or nonsense was declared, and for a
    /// multipart in which
    /// no part was found.
    /// </summary>
    public string ContentType => ClaimsMultipart && _parts.Count == 0 && _end > _start ? "text/plain" : DeclaredType;

    /// <summary>Whether the part has parts of its own.</summary>
    public bool IsMultipart => _parts.Count > 0;

    /// <summary>The parts of a multipart in their order.</summary>
    public IReadOnlyList<MimePart> Parts => _parts;

    /// <summary>
    /// The name that the sender gave the content, decoded, or null. It may hold anything: never use it as a path.
    /// </summary>
    public string? FileName => NotBlank(_disposition?.Parameter("filename")) ?? NotBlank(_type?.Parameter("name"));

    /// <summary>Whether the sender asked not to show the content with the mail (RFC 2183).</summary>
    public bool IsAttachment => _disposition?.Value == "attachment";

    /// <summary>
    /// The id by which <c>cid:</c> addresses name the part, without its angle brackets, or null (RFC 2392).
    /// </summary>
    public string? ContentId => NotBlank(Headers.Raw("Content-ID")?.Trim('<', '>', ' '));

    /// <summary>The address by which the mail's HTML names the part, or null (RFC 2557).</summary>
    public string? ContentLocation => NotBlank(Headers.Raw("Content-Location"));

    /// <summary>Bytes of the content as it stands in the mail, before its transfer encoding is undone.</summary>
    public long EncodedLength => _end - _start;

    internal bool ClaimsMultipart => DeclaredType.StartsWith("multipart/", StringComparison.Ordinal);

    private string DeclaredType
    {
        get
        {
            var value = _type?.Value ?? "";
            return value.Contains('/', StringComparison.Ordinal) ? value : value == "text" ? "text/plain" : _defaultType;
        }
    }

    /// <summary>A parameter of the content type, decoded, or null.</summary>
    public string? Parameter(string name) => _type?.Parameter(name);

    /// <summary>
    /// Opens the content with its transfer encoding undone. It is decoded while it is read from the mail's source,
    /// which must still be
    /// open; contents may be read by turns, not on several threads.
    /// </summary>
    public Stream OpenContent()
    {
        var raw = new WindowStream(_source, _start, _end - _start);
        ITransferDecoder? decoder = Headers.Structured("Content-Transfer-Encoding")?.Value switch
        {
            "base64" => new Base64Decoder(),
            "quoted-printable" => new QuotedPrintableDecoder(),
            "x-uuencode" or "uuencode" or "x-uue" => new UuDecoder(),
            _ => null,
        };
        // A multipart is never encoded (RFC 2045 §6.4); one whose parts were not found is read as it stands.
        return decoder is null || ClaimsMultipart ? raw : new DecodingStream(raw, decoder);
    }

    /// <summary>Reads the content as text in the charset that it declares, or that its bytes betray.</summary>
    public MimeText ReadText(int bytesMax)
    {
        using var content = OpenContent();
        var bytes = new byte[(int)Math.Min(bytesMax, Math.Max(0, _end - _start))];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var isTruncated = length == bytesMax && content.ReadByte() >= 0;
        return MimeCharsets.Decode(bytes.AsMemory(0, length), Parameter("charset"), _options) with { IsTruncated = isTruncated };
    }

    /// <summary>The leaves below this part in the order of the mail; the part itself when it is a leaf.</summary>
    public IEnumerable<MimePart> Leaves()
    {
        var path = new Stack<MimePart>([this]);
        while (path.TryPop(out var part))
        {
            if (!part.IsMultipart)
            {
                yield return part;
            }

            for (var i = part._parts.Count - 1; i >= 0; i--)
            {
                path.Push(part._parts[i]);
            }
        }
    }

    internal void Add(MimePart part) => _parts.Add(part);

    internal void EndAt(long end) => _end = Math.Max(_start, end);

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

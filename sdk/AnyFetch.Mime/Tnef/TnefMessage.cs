using System.Buffers.Binary;
using System.Text;
using AnyFetch.Mime.Charsets;
using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime.Tnef;

/// <summary>
/// What Outlook hides in <c>winmail.dat</c> ([MS-OXTNEF]): files and bodies. One pass over the attributes; contents
/// stay in the source,
/// which must be seekable and stay open. What is damaged ends the reading, what was read until then is kept.
/// </summary>
public sealed class TnefMessage
{
    private const uint Signature = 0x223e9f78;
    private const int DepthMax = 5;
    private const int AttachmentsMax = 2_000;
    private const int NameBytesMax = 4_096;
    private const int BodyBytesMax = 16 << 20;

    private const uint AttachRendData = 0x00069002;
    private const uint AttachTitle = 0x00018010;
    private const uint AttachData = 0x0006800f;
    private const uint AttachProperties = 0x00069005;
    private const uint MessageProperties = 0x00069003;
    private const uint OemCodePage = 0x00069007;

    private readonly List<TnefAttachment> _attachments = [];
    private readonly MimeOptions _options;
    private string _charset = "windows-1252";
    private Draft? _draft;

    private TnefMessage(MimeOptions options) => _options = options;

    /// <summary>The files, those of mails inside included.</summary>
    public IReadOnlyList<TnefAttachment> Attachments => _attachments;

    /// <summary>The plain body, or null.</summary>
    public string? Text { get; private set; }

    /// <summary>The HTML body, or null.</summary>
    public string? Html { get; private set; }

    /// <summary>The body in Rich Text Format, already expanded, or null.</summary>
    public ReadOnlyMemory<byte>? Rtf { get; private set; }

    /// <summary>Reads a TNEF stream, or returns null when it is none.</summary>
    public static TnefMessage? Read(Stream source, MimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var message = new TnefMessage(options);
        return message.ReadAttributes(source, 0) ? message : null;
    }

    private bool ReadAttributes(Stream source, int depth)
    {
        var reader = new PositionReader(source);
        if (!reader.TryUInt32(out var signature) || signature != Signature || !reader.TrySkip(2))
        {
            return false;
        }

        while (reader.TrySkip(1) && reader.TryUInt32(out var id) && reader.TryUInt32(out var length))
        {
            var start = reader.Position;
            if (length > source.Length - start)
            {
                break;
            }

            ReadAttribute(new WindowStream(source, start, length), id, depth);
            reader.Position = start + length + 2;
        }

        EndAttachment();
        return true;
    }

    private void ReadAttribute(WindowStream content, uint id, int depth)
    {
        switch (id)
        {
            case OemCodePage when new PositionReader(content).TryUInt32(out var codePage):
                _charset = CodePageName(codePage);
                break;
            case MessageProperties:
                ReadBodies(content);
                break;
            case AttachRendData:
                EndAttachment();
                _draft = new Draft();
                break;
            case AttachTitle when _draft is not null:
                _draft.Title = Decode(Bytes(content, NameBytesMax));
                break;
            case AttachData when _draft is not null:
                _draft.Content = content;
                break;
            case AttachProperties when _draft is not null:
                ReadAttachmentProperties(content, _draft, depth);
                break;
        }
    }

    private void ReadBodies(WindowStream content)
    {
        foreach (var property in MapiProperties.Read(content))
        {
            switch (property.Id)
            {
                case 0x1000:
                    Text ??= property.Text(_charset, BodyBytesMax, _options);
                    break;
                case 0x1013:
                    Html ??= property.Text(_charset, BodyBytesMax, _options);
                    break;
                case 0x1009 when Rtf is null:
                    Rtf = CompressedRtf.Expand(Bytes(property.Content, BodyBytesMax), BodyBytesMax);
                    break;
            }
        }
    }

    private void ReadAttachmentProperties(WindowStream content, Draft draft, int depth)
    {
        foreach (var property in MapiProperties.Read(content))
        {
            switch (property.Id)
            {
                case 0x3707:
                    draft.LongName = property.Text(_charset, NameBytesMax, _options);
                    break;
                case 0x370e:
                    draft.ContentType = property.Text(_charset, NameBytesMax, _options);
                    break;
                case 0x3712:
                    draft.ContentId = property.Text(_charset, NameBytesMax, _options);
                    break;
                case 0x3701 when property.Content.Length > 16:
                    ReadObject(property, draft, depth);
                    break;
            }
        }
    }

    /// <summary>A mail inside a mail stands behind the id of its interface; its files join the others.</summary>
    private void ReadObject(MapiProperty property, Draft draft, int depth)
    {
        var inner = new WindowStream(property.Content, 16, property.Content.Length - 16);
        if (!new PositionReader(inner).TryUInt32(out var signature) || signature != Signature)
        {
            draft.Content ??= property.Content;
        }
        else if (depth < DepthMax)
        {
            inner.Position = 0;
            _draft = null;
            ReadAttributes(inner, depth + 1);
        }
    }

    private void EndAttachment()
    {
        if (_draft is { Content: { } content } draft && _attachments.Count < AttachmentsMax)
        {
            _attachments.Add(new TnefAttachment(
                draft.LongName ?? draft.Title ?? "", draft.ContentType, draft.ContentId?.Trim('<', '>'), content.Length,
                () => new WindowStream(content, 0, content.Length)));
        }

        _draft = null;
    }

    private string Decode(byte[] bytes) => MimeCharsets.Decode(bytes, _charset, _options).Text.TrimEnd('\0');

    internal static string CodePageName(uint codePage) => codePage switch
    {
        65001 => "utf-8",
        1200 => "utf-16",
        932 => "shift_jis",
        936 => "gb18030",
        949 => "ks_c_5601-1987",
        950 => "big5",
        20866 => "koi8-r",
        >= 1250 and <= 1258 => $"windows-{codePage}",
        _ => "windows-1252",
    };

    internal static byte[] Bytes(Stream content, int bytesMax)
    {
        content.Position = 0;
        var bytes = new byte[(int)Math.Min(content.Length, bytesMax)];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    private sealed class Draft
    {
        internal string? Title { get; set; }

        internal string? LongName { get; set; }

        internal string? ContentType { get; set; }

        internal string? ContentId { get; set; }

        internal Stream? Content { get; set; }
    }
}

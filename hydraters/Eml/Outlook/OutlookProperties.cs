using System.Buffers.Binary;
using System.Text;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Eml.Outlook;

/// <summary>The MAPI properties of one storage of a <c>.msg</c> file ([MS-OXMSG] §2.4).</summary>
internal sealed class OutlookProperties
{
    private const int EntryBytes = 16;
    private const int PropertiesBytesMax = 1 << 20;

    private readonly CompoundFile _file;
    private readonly byte[] _fixed;
    private readonly Encoding _encoding;

    /// <param name="file">The file.</param>
    /// <param name="storage">The storage whose properties these are.</param>
    /// <param name="headerBytes">Bytes before the first fixed property: 32 for a mail, 24 for a mail inside, 8 for the
    /// rest.</param>
    /// <param name="encoding">The encoding of text that is not Unicode; null to take it from these properties.</param>
    internal OutlookProperties(CompoundFile file, CompoundEntry storage, int headerBytes, Encoding? encoding)
    {
        _file = file;
        Storage = storage;
        var bytes = Bytes(storage.Find("__properties_version1.0"), PropertiesBytesMax);
        _fixed = bytes.Length > headerBytes ? bytes[headerBytes..] : [];
        _encoding = encoding ?? EncodingOf(Number(0x3ffd));
    }

    internal CompoundEntry Storage { get; }

    internal Encoding Encoding => _encoding;

    /// <summary>The text of a property, or null when it has none.</summary>
    internal string? Text(int id, int bytesMax = 64 << 10)
    {
        if (Find(id, 0x1f) is { } unicode)
        {
            return NotBlank(Encoding.Unicode.GetString(Bytes(unicode, bytesMax & ~1)));
        }

        return Find(id, 0x1e) is { } text ? NotBlank(_encoding.GetString(Bytes(text, bytesMax))) : null;
    }

    /// <summary>The stream of a binary property, or null.</summary>
    internal CompoundEntry? Binary(int id) => Find(id, 0x102);

    /// <summary>The storage of a property that is an object, or null.</summary>
    internal CompoundEntry? Object(int id) => Find(id, 0x0d) is { IsStorage: true } storage ? storage : null;

    internal int? Number(int id) => Fixed(id, 0x0003) is { } value ? (int)value : null;

    internal DateTimeOffset? Date(int id) =>
        Fixed(id, 0x0040) is { } ticks and > 0 && ticks < DateTime.MaxValue.ToFileTimeUtc()
            ? new DateTimeOffset(DateTime.FromFileTimeUtc(ticks)) : null;

    internal byte[] Bytes(CompoundEntry? entry, int bytesMax)
    {
        if (entry is null or { IsStorage: true })
        {
            return [];
        }

        using var stream = _file.OpenStream(entry);
        var bytes = new byte[(int)Math.Min(entry.Length, bytesMax)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    private CompoundEntry? Find(int id, int type) => Storage.Find($"__substg1.0_{id:X4}{type:X4}");

    private long? Fixed(int id, int type)
    {
        for (var at = 0; at + EntryBytes <= _fixed.Length; at += EntryBytes)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(_fixed.AsSpan(at)) == ((uint)id << 16 | (uint)type))
            {
                var value = BinaryPrimitives.ReadInt64LittleEndian(_fixed.AsSpan(at + 8));
                return type == 0x0003 ? (int)value : value;
            }
        }

        return null;
    }

    private static Encoding EncodingOf(int? codePage)
    {
        var name = codePage is { } number ? CharsetDetector.Named($"windows-{number}") ?? CharsetDetector.Named($"cp{number}") : null;
        return name ?? CharsetDetector.Named("windows-1252")!;
    }

    private static string? NotBlank(string text)
    {
        var trimmed = text.TrimEnd('\0');
        return string.IsNullOrWhiteSpace(trimmed) ? null : trimmed;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>
/// Reads answers in Thrift's strict binary protocol. Nothing that the bytes claim is believed: a length or a count beyond what
/// is there, and structs that nest without end, are an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ThriftReader(ReadOnlyMemory<byte> bytes)
{
    private const int DepthMax = 16;

    private int _position;
    private int _depth;

    private int Left => bytes.Length - _position;

    /// <summary>The head of a message: what it is, and of which method.</summary>
    public (ThriftMessageKind Kind, string Method) ReadMessage()
    {
        var first = ReadInt32();
        if ((first & unchecked((int)0xFFFF_0000)) != ThriftWriter.Version)
        {
            throw new InvalidDataException("This is no message of Thrift's strict binary protocol.");
        }

        var method = ReadText();
        ReadInt32();
        return ((ThriftMessageKind)(first & 0xFF), method);
    }

    /// <summary>The head of the next field; false at the end of the struct.</summary>
    public bool Next(out ThriftField field)
    {
        var type = (ThriftType)Take(1)[0];
        field = type == ThriftType.Stop ? default : new ThriftField(ReadInt16(), type);
        return type != ThriftType.Stop;
    }

    public bool ReadBool() => Take(1)[0] != 0;

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes().Span);

    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = ReadCount();
        var content = bytes.Slice(_position, length);
        _position += length;
        return content;
    }

    /// <summary>A list or a set.</summary>
    public List<T> ReadList<T>(Func<ThriftReader, T> read)
    {
        Take(1);
        var count = ReadCount();
        var list = new List<T>();
        for (var i = 0; i < count; i++)
        {
            list.Add(read(this));
        }

        return list;
    }

    /// <summary>Passes over a value that nobody asked for: a newer server may send fields that this one does not know.</summary>
    public void Skip(ThriftType type)
    {
        if (++_depth > DepthMax)
        {
            throw new InvalidDataException("The answer nests too deep.");
        }

        switch (type)
        {
            case ThriftType.Struct:
                while (Next(out var field))
                {
                    Skip(field.Type);
                }

                break;
            case ThriftType.Map:
                SkipEach((ThriftType)Take(1)[0], (ThriftType)Take(1)[0]);
                break;
            case ThriftType.List or ThriftType.Set:
                SkipEach((ThriftType)Take(1)[0]);
                break;
            case ThriftType.Text:
                ReadBytes();
                break;
            default:
                Take(SizeOf(type));
                break;
        }

        _depth--;
    }

    private void SkipEach(params ReadOnlySpan<ThriftType> types)
    {
        for (var left = ReadCount(); left > 0; left--)
        {
            foreach (var type in types)
            {
                Skip(type);
            }
        }
    }

    private static int SizeOf(ThriftType type) => type switch
    {
        ThriftType.Bool or ThriftType.Byte => 1,
        ThriftType.Int16 => sizeof(short),
        ThriftType.Int32 => sizeof(int),
        ThriftType.Int64 or ThriftType.Double => sizeof(long),
        _ => throw new InvalidDataException("The answer holds a type that Thrift does not have."),
    };

    // Every element takes a byte at least, so a count beyond the bytes that are left is a lie.
    private int ReadCount()
    {
        var count = ReadInt32();
        return count >= 0 && count <= Left
            ? count
            : throw new InvalidDataException("The answer claims more than it holds.");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Left)
        {
            throw new InvalidDataException("The answer is cut short.");
        }

        _position += length;
        return bytes.Span.Slice(_position - length, length);
    }
}

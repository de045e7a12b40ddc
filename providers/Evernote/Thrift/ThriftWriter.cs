using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>Writes calls in Thrift's strict binary protocol: everything big-endian, texts with their length before them.</summary>
internal sealed class ThriftWriter
{
    /// <summary>The version in the upper half of a message's first word; its kind is in the lowest byte.</summary>
    public const int Version = unchecked((int)0x8001_0000);

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The whole message of one call.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">Writes the fields of its arguments.</param>
    public static ReadOnlyMemory<byte> Call(string method, Action<ThriftWriter> arguments)
    {
        var writer = new ThriftWriter();
        writer.Number(Version | (int)ThriftMessageKind.Call);
        writer.Bytes(method);
        writer.Number(0);
        arguments(writer);
        writer.Stop();
        return writer._buffer.WrittenMemory;
    }

    public void Field(short id, string value)
    {
        Head(id, ThriftType.Text);
        Bytes(value);
    }

    public void Field(short id, int value)
    {
        Head(id, ThriftType.Int32);
        Number(value);
    }

    public void Field(short id, bool value)
    {
        Head(id, ThriftType.Bool);
        Byte(value ? (byte)1 : (byte)0);
    }

    /// <summary>A struct within a struct.</summary>
    public void Field(short id, Action<ThriftWriter> fields)
    {
        Head(id, ThriftType.Struct);
        fields(this);
        Stop();
    }

    private void Head(short id, ThriftType type)
    {
        Byte((byte)type);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(sizeof(short)), id);
        _buffer.Advance(sizeof(short));
    }

    private void Stop() => Byte((byte)ThriftType.Stop);

    private void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    private void Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    private void Bytes(string text)
    {
        Number(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _buffer);
    }
}

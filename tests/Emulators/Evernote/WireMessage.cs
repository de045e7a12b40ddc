using System.Collections;
using System.Net;
using System.Text;

namespace AnyFetch.Emulators.Evernote;

/// <summary>Messages of Thrift's strict binary protocol, from its published description.</summary>
internal static class WireMessage
{
    private const int Reply = unchecked((int)0x80010002);

    /// <summary>The method's name and its arguments.</summary>
    public static (string Method, WireStruct Arguments) Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        reader.ReadInt32();
        var method = Encoding.UTF8.GetString(ReadBytes(reader));
        reader.ReadInt32();
        return (method, ReadStruct(reader));
    }

    /// <summary>A reply to a method.</summary>
    public static byte[] Write(string method, WireStruct result)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(IPAddress.HostToNetworkOrder(Reply));
        Write(writer, method);
        writer.Write(0);
        Write(writer, result);
        writer.Flush();
        return memory.ToArray();
    }

    private static WireStruct ReadStruct(BinaryReader reader)
    {
        var fields = new WireStruct();
        for (var type = reader.ReadByte(); type != 0; type = reader.ReadByte())
        {
            var id = IPAddress.NetworkToHostOrder(reader.ReadInt16());
            fields[id] = type switch
            {
                2 => reader.ReadBoolean(),
                8 => IPAddress.NetworkToHostOrder(reader.ReadInt32()),
                10 => IPAddress.NetworkToHostOrder(reader.ReadInt64()),
                11 => ReadBytes(reader),
                12 => ReadStruct(reader),
                _ => throw new NotSupportedException($"No method takes a field of type {type}."),
            };
        }

        return fields;
    }

    private static byte[] ReadBytes(BinaryReader reader) =>
        reader.ReadBytes(IPAddress.NetworkToHostOrder(reader.ReadInt32()));

    private static byte TypeOf(object value) => value switch
    {
        bool => 2,
        double => 4,
        short => 6,
        int => 8,
        long => 10,
        string or byte[] => 11,
        WireStruct => 12,
        IDictionary => 13,
        IList => 15,
        _ => throw new NotSupportedException($"{value.GetType()} is no type of Thrift."),
    };

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.Write(flag);
                break;
            case double number:
                writer.Write(IPAddress.HostToNetworkOrder(BitConverter.DoubleToInt64Bits(number)));
                break;
            case short number:
                writer.Write(IPAddress.HostToNetworkOrder(number));
                break;
            case int number:
                writer.Write(IPAddress.HostToNetworkOrder(number));
                break;
            case long number:
                writer.Write(IPAddress.HostToNetworkOrder(number));
                break;
            case string text:
                Write(writer, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                writer.Write(IPAddress.HostToNetworkOrder(bytes.Length));
                writer.Write(bytes);
                break;
            case WireStruct fields:
                WriteFields(writer, fields);
                break;
            case IDictionary map:
                WriteMap(writer, map);
                break;
            case IList list:
                writer.Write(list.Count > 0 ? TypeOf(list[0]!) : (byte)12);
                WriteEach(writer, list);
                break;
        }
    }

    private static void WriteFields(BinaryWriter writer, WireStruct fields)
    {
        foreach (var (id, value) in fields)
        {
            writer.Write(TypeOf(value));
            writer.Write(IPAddress.HostToNetworkOrder(id));
            Write(writer, value);
        }

        writer.Write((byte)0);
    }

    private static void WriteEach(BinaryWriter writer, IList list)
    {
        writer.Write(IPAddress.HostToNetworkOrder(list.Count));
        foreach (var item in list)
        {
            Write(writer, item!);
        }
    }

    private static void WriteMap(BinaryWriter writer, IDictionary map)
    {
        writer.Write((byte)11);
        writer.Write((byte)11);
        writer.Write(IPAddress.HostToNetworkOrder(map.Count));
        foreach (DictionaryEntry entry in map)
        {
            Write(writer, entry.Key);
            Write(writer, entry.Value!);
        }
    }
}

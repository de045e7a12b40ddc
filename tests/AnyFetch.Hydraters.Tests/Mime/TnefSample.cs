using System.Text;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>Writes winmail.dat files and compressed rich text as Outlook does.</summary>
internal static class TnefSample
{
    internal static byte[] Build(string? text, params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x223e9f78u);
        writer.Write((ushort)1);
        if (text is not null)
        {
            Attribute(writer, 1, 0x00069003, Properties((0x1000001f, Encoding.Unicode.GetBytes(text + "\0"))));
        }

        foreach (var (name, content) in files)
        {
            Attribute(writer, 2, 0x00069002, new byte[14]);
            Attribute(writer, 2, 0x00018010, Encoding.ASCII.GetBytes("SHORT~1.TXT\0"));
            Attribute(writer, 2, 0x0006800f, content);
            Attribute(writer, 2, 0x00069005, Properties((0x3707001f, Encoding.Unicode.GetBytes(name + "\0"))));
        }

        return stream.ToArray();
    }

    /// <summary>
    /// Rich text that is stored with literal bytes only, which every reader of the compression takes.
    /// </summary>
    internal static byte[] Compressed(string rtf)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var bytes = Encoding.ASCII.GetBytes(rtf);
        writer.Write(bytes.Length + (bytes.Length / 8) + 13);
        writer.Write(bytes.Length);
        writer.Write(0x75465a4cu);
        writer.Write(0u);
        foreach (var chunk in bytes.Chunk(8))
        {
            writer.Write((byte)0);
            writer.Write(chunk);
        }

        return stream.ToArray();
    }

    private static byte[] Properties(params (uint Tag, byte[] Value)[] properties)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(properties.Length + 1);
        // A number of fixed length before the rest.
        writer.Write(0x00170003u);
        writer.Write(1u);
        foreach (var (tag, value) in properties)
        {
            writer.Write(tag);
            writer.Write(1u);
            writer.Write(value.Length);
            writer.Write(value);
            writer.Write(new byte[(4 - (value.Length % 4)) % 4]);
        }

        return stream.ToArray();
    }

    private static void Attribute(BinaryWriter writer, byte level, uint id, byte[] content)
    {
        writer.Write(level);
        writer.Write(id);
        writer.Write(content.Length);
        writer.Write(content);
        writer.Write((ushort)content.Sum(b => b));
    }
}

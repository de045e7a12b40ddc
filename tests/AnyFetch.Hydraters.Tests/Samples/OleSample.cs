using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>The head and first directory sector of a compound file with one named stream.</summary>
internal static class OleSample
{
    internal static byte[] With(string stream)
    {
        var file = new byte[512 * 4];
        Convert.FromHexString("d0cf11e0a1b11ae1").CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x1e), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x30), 1);
        var name = Encoding.Unicode.GetBytes(stream);
        name.CopyTo(file, 1024 + 128);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(1024 + 128 + 64), (ushort)(name.Length + 2));
        return file;
    }
}

using AnyFetch.Streams;

namespace AnyFetch.Hydrater.Archives;

/// <summary>The bytes of a compound file's stream, read sector by sector.</summary>
internal sealed class CompoundStream(CompoundFile file, uint[] sectors, int sectorBytes, bool isMini, long length)
    : SeekableStream(length)
{
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        var (sector, offset) = Math.DivRem(position, sectorBytes);
        var wanted = (int)Math.Min(buffer.Length, sectorBytes - offset);
        return file.ReadAt(sectors[sector], isMini, (int)offset, buffer[..wanted]);
    }
}

using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace AnyFetch.Search.Segments;

/// <summary>
/// The bytes of a segment: a file that is mapped, or memory of our own. They do not change and do not move; whoever
/// holds a pointer into them must keep the segment rented.
/// </summary>
internal sealed unsafe class SegmentMemory : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _pointer;

    private SegmentMemory(MemoryMappedFile? file, MemoryMappedViewAccessor? view, byte* pointer, long length)
    {
        (_file, _view, Length) = (file, view, length);
        _pointer = pointer;
    }

    public byte* Pointer => _pointer;

    public long Length { get; }

    /// <summary>True when the bytes are a file's, which the operating system may drop and read again.</summary>
    public bool IsFile => _file is not null;

    /// <summary>Maps a whole file.</summary>
    public static SegmentMemory Map(string path)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new DamagedIndexException($"{Path.GetFileName(path)} is empty.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return new SegmentMemory(file, view, pointer + view.PointerOffset, length);
    }

    /// <summary>Takes a copy of bytes.</summary>
    public static SegmentMemory Copy(ReadOnlySpan<byte> bytes)
    {
        var pointer = (byte*)NativeMemory.AlignedAlloc((nuint)bytes.Length, 64);
        bytes.CopyTo(new Span<byte>(pointer, bytes.Length));
        return new SegmentMemory(null, null, pointer, bytes.Length);
    }

    public void Dispose()
    {
        if (_pointer is null)
            return;
        if (_view is null)
        {
            NativeMemory.AlignedFree(_pointer);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }

        _pointer = null;
    }
}

using System.Runtime.InteropServices;

namespace AnyFetch.Cli;

/// <summary>
/// The memory that segments of indexes, SQLite and the compiler take from the GNU C library, which by itself keeps what they gave
/// back (mallopt(3)): every thread has a heap of its own, up to eight for each processor, and blocks of up to 32 MiB are cut from
/// them. A server at work on 10,000 files had 86 MB of such heaps.
/// </summary>
internal static class NativeHeap
{
    private const int MappedFromParameter = -3;
    private const int HeapsParameter = -8;

    /// <summary>Larger blocks belong to the kernel, and are its own again as soon as they are freed.</summary>
    private const int MappedFromBytes = 128 << 10;

    /// <summary>Keeps it small. Other C libraries have nothing to set.</summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MappedFromParameter, MappedFromBytes);
            _ = SetOption(HeapsParameter, Math.Max(2, Environment.ProcessorCount / 2));
        }
        catch (EntryPointNotFoundException)
        {
            // Not the GNU C library.
        }
        catch (DllNotFoundException)
        {
            // Nor one by its name.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int parameter, int value);
}

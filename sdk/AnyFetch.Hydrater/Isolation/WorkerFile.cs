using System.ComponentModel;
using System.Runtime.InteropServices;
using AnyFetch.Hydrater.Tools;
using Microsoft.Win32.SafeHandles;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// A file that a worker left in its folder. The worker may put anything there, also after it was looked at: a link to a file of
/// the host, or a pipe that nobody writes to. So the file is opened without following a link and without waiting, and judged
/// afterwards.
/// </summary>
internal static class WorkerFile
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>Linux numbers this one by the processor's family.</summary>
    private static readonly int s_noFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>The path of a file in the folder; throws for a name that leads elsewhere.</summary>
    internal static string PathOf(TempFolder folder, string name) =>
        name is not ("" or "." or "..") && Path.GetFileName(name) == name && !name.Contains('\0')
            ? Path.Combine(folder.Path, name)
            : throw new HydrationException("The file of a child is not in its task's folder.");

    /// <summary>Opens a plain file for reading.</summary>
    internal static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        }

        var handle = OpenFile(path, ReadOnly | NonBlocking | CloseOnExec | s_noFollow);
        if (handle < 0)
        {
            throw new IOException($"The file of a child cannot be opened: {new Win32Exception().Message}.");
        }

        var stream = new FileStream(new SafeFileHandle(handle, ownsHandle: true), FileAccess.Read, bufferSize: 1);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new HydrationException("The file of a child is none.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}

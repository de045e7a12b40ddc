using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AnyFetch.Core.Files;

/// <summary>Makes the names in a directory durable: a file that was renamed into it is there after a power cut.</summary>
public static class DirectorySync
{
    private const int ReadOnlyFlag = 0;

    /// <summary>Waits until the disk holds the names that are in a directory now. Does nothing on Windows.</summary>
    /// <exception cref="IOException">The directory cannot be opened or the disk failed.</exception>
    public static void Flush(string directory)
    {
        // Windows makes names durable with the file itself, and cannot flush directories.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(directory, ReadOnlyFlag);
        if (handle < 0)
        {
            throw Fault(directory);
        }

        try
        {
            if (Sync(handle) != 0)
            {
                throw Fault(directory);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Fault(string directory)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{directory}: {new Win32Exception(error).Message}", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Says that a folder is in use for as long as its process lives: the kernel lets go of the lock when the process ends, however it
/// ends. Linux only; elsewhere nothing is locked.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;

    private readonly SafeFileHandle _handle;

    private FolderLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Locks a folder; null when somebody else holds it or when it cannot be locked.</summary>
    internal static FolderLock? TryTake(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var handle = new SafeFileHandle(Open(folder, ReadOnly | CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid && Flock((int)handle.DangerousGetHandle(), Exclusive | NonBlocking) == 0)
        {
            return new FolderLock(handle);
        }

        handle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(int handle, int operation);
}

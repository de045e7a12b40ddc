using System.Diagnostics;
using System.Globalization;

namespace AnyFetch.Testing;

/// <summary>A file system of few megabytes that a test can fill. Mounting takes root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts a disk at a path that the test owns.</summary>
    public static SmallDisk Mount(string path, int megabytes = 1)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path);
        return new SmallDisk(path);
    }

    /// <summary>Uses up all room that is left.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.Append, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                RandomAccess.Write(file, block, RandomAccess.GetLength(file));
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", Path);

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}.");
        }
    }
}

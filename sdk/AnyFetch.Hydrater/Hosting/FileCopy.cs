using System.Buffers;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>Streams a task's file into its private temp file, up to the size cap.</summary>
internal static class FileCopy
{
    internal static async Task ToNewFileAsync(
        Stream source, string path, long bytesMax, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var target = new FileStream(path, options);
        await using (target.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
            try
            {
                long total = 0;
                int read;
                while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    total += read;
                    if (total > bytesMax)
                    {
                        throw new FileFetchException($"The file is larger than {bytesMax:N0} bytes.", isTransient: false);
                    }

                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}

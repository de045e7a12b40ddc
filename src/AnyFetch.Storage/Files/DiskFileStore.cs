using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Files;
using AnyFetch.Core.Ids;

namespace AnyFetch.Storage.Files;

/// <inheritdoc/>
/// <remarks>
/// Content goes to an unfinished file while its hash is computed, is flushed, and gets its name by an atomic rename;
/// so a file under its name is always whole. A file's write time is when its content was last stored.
/// </remarks>
internal sealed class DiskFileStore(StorageOptions options, TimeProvider timeProvider) : IFileStore
{
    private const int BufferBytes = 128 * 1024;
    private const int LockCount = 64;

    private readonly FilePaths _paths = new(options.DataDirectory);

    // One writer or deleter at a time for each content, told apart by the hash's first digits.
    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    public async ValueTask<FileWriteResult> WriteAsync(
        CompanyId company,
        Stream content,
        long bytesMax,
        CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(_paths.Unfinished, ObjectId.New(timeProvider.GetUtcNow()).ToString());
        try
        {
            Directory.CreateDirectory(_paths.Unfinished);
            var (hash, length) = await CopyAsync(content, unfinished, bytesMax, cancellationToken)
                .ConfigureAwait(false);
            if (length > bytesMax)
            {
                return FileWriteResult.TooLarge;
            }

            Name(unfinished, company, hash);
            return FileWriteResult.Stored(new StoredFile(hash, length));
        }
        catch (StoreIOException fault) when (DiskFull.Is(fault.Cause))
        {
            return FileWriteResult.DiskFull;
        }
        catch (StoreIOException fault)
        {
            throw new IOException("The file could not be stored.", fault.Cause);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public ValueTask<Stream?> OpenAsync(CompanyId company, FileHash file, CancellationToken cancellationToken)
    {
        try
        {
            return new ValueTask<Stream?>(new FileStream(
                _paths.PathOf(company, file),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                bufferSize: 0,
                FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ValueTask<Stream?>((Stream?)null);
        }
    }

    public ValueTask<bool> DeleteAsync(
        CompanyId company,
        FileHash file,
        DateTimeOffset unlessWrittenAfter,
        CancellationToken cancellationToken)
    {
        var path = _paths.PathOf(company, file);
        lock (LockOf(file))
        {
            if (!File.Exists(path))
            {
                return new ValueTask<bool>(true);
            }

            if (File.GetLastWriteTimeUtc(path) > unlessWrittenAfter.UtcDateTime)
            {
                return new ValueTask<bool>(false);
            }

            File.Delete(path);
            return new ValueTask<bool>(true);
        }
    }

    public async IAsyncEnumerable<(CompanyId Company, FileHash File)> ListAsync(
        DateTimeOffset writtenBefore,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_paths.Root))
        {
            yield break;
        }

        foreach (var directory in Directory.EnumerateDirectories(_paths.Root))
        {
            if (!CompanyId.TryParse(Path.GetFileName(directory), out var company))
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = Path.GetFileName(path);
                if (FilePaths.IsHash(name) && File.GetLastWriteTimeUtc(path) < writtenBefore.UtcDateTime)
                {
                    yield return (company, new FileHash(name));
                }
            }

            await Task.Yield();
        }
    }

    /// <summary>Deletes unfinished files that nobody has written to since a time: their writer died.</summary>
    public void DeleteUnfinished(DateTimeOffset writtenBefore)
    {
        if (!Directory.Exists(_paths.Unfinished))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(_paths.Unfinished))
        {
            if (File.GetLastWriteTimeUtc(path) < writtenBefore.UtcDateTime)
            {
                File.Delete(path);
            }
        }
    }

    private Lock LockOf(FileHash file) => _locks[Convert.ToByte(file.Hex[..2], 16) % LockCount];

    /// <summary>Copies and flushes content; stops when it is longer than allowed.</summary>
    private static async ValueTask<(FileHash Hash, long Length)> CopyAsync(
        Stream content,
        string path,
        long bytesMax,
        CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var length = 0L;
        try
        {
            using var file = StoreIOException.Guard(() => File.OpenHandle(
                path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous));
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (length + read > bytesMax)
                {
                    return (default, length + read);
                }

                digest.AppendData(buffer, 0, read);
                await StoreIOException.GuardAsync(
                    RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), length, cancellationToken))
                    .ConfigureAwait(false);
                length += read;
            }

            StoreIOException.Guard(() =>
            {
                RandomAccess.FlushToDisk(file);
                return true;
            });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (FileHash.FromDigest(digest.GetHashAndReset()), length);
    }

    private void Name(string unfinished, CompanyId company, FileHash hash) => StoreIOException.Guard(() =>
    {
        var path = _paths.PathOf(company, hash);
        var now = timeProvider.GetUtcNow().UtcDateTime;
        lock (LockOf(hash))
        {
            if (File.Exists(path))
            {
                File.SetLastWriteTimeUtc(path, now);
                return true;
            }

            var directory = _paths.MakeDirectoryOf(company, hash);
            File.SetLastWriteTimeUtc(unfinished, now);
            File.Move(unfinished, path);
            DirectorySync.Flush(directory);
            return true;
        }
    });
}

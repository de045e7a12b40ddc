using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Files;

/// <summary>Keeps files by their content, apart for each company. Content streams; it is never in memory whole.</summary>
public interface IFileStore
{
    /// <summary>
    /// Stores content and makes it durable. Equal content of one company is stored once. Nothing stays behind when it
    /// is too large, when the disk is full or when <paramref name="content"/> fails.
    /// </summary>
    ValueTask<FileWriteResult> WriteAsync(
        CompanyId company,
        Stream content,
        long bytesMax,
        CancellationToken cancellationToken);

    /// <summary>Opens content for reading, seekable where the store can; null when there is none.</summary>
    ValueTask<Stream?> OpenAsync(CompanyId company, FileHash file, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes content unless it was written again after <paramref name="unlessWrittenAfter"/>. True when it is gone.
    /// </summary>
    ValueTask<bool> DeleteAsync(
        CompanyId company,
        FileHash file,
        DateTimeOffset unlessWrittenAfter,
        CancellationToken cancellationToken);

    /// <summary>Lists content written before a time, to find what no document holds any more.</summary>
    IAsyncEnumerable<(CompanyId Company, FileHash File)> ListAsync(
        DateTimeOffset writtenBefore,
        CancellationToken cancellationToken);
}

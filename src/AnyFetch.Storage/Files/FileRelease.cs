using AnyFetch.Core.Companies;
using AnyFetch.Core.Files;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Queue;

namespace AnyFetch.Storage.Files;

/// <summary>
/// Notes that a document let a file go. A job looks later whether nobody holds it: an upload of the same content may
/// be on its way to its document.
/// </summary>
internal sealed class FileRelease(StorageOptions options, TimeProvider timeProvider)
{
    /// <summary>The queue of files to look at; a job's name is the file's hash.</summary>
    public const string Queue = "released-files";

    public TimeSpan Grace => TimeSpan.FromMinutes(options.FileGraceMinutes);

    public void Release(ISqlSession session, CompanyId company, FileHash file)
    {
        var now = timeProvider.GetUtcNow();
        var job = new NewJob(new JobKey(Queue, company, file.Hex), "{}") { RunAt = now + Grace };
        JobRow.Add(session, job, now);
    }
}

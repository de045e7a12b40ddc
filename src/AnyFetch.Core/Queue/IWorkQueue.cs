using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Queue;

/// <summary>
/// Durable jobs (design rule 3): leased with a time-out, retried with back-off, given up with a reason, fair between
/// companies. A worker may die at any instruction; its jobs are leased again when their time is out.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Adds jobs that go with no document change. Keys that are there already are left as they are.</summary>
    ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// Leases due jobs, at most <paramref name="max"/>, taking turns between the companies that have some: a company
    /// with 100,000 jobs does not delay another's single one. Within a company: by priority, then by age.
    /// </summary>
    ValueTask<IReadOnlyList<Job>> LeaseAsync(
        string queue,
        int max,
        TimeSpan lifetime,
        CancellationToken cancellationToken);

    /// <summary>Prolongs a lease. False when it was lost: the worker must stop.</summary>
    ValueTask<bool> RenewAsync(Job job, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Ends a job. False when the lease was lost.</summary>
    ValueTask<bool> CompleteAsync(Job job, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a job back to run at a time. <paramref name="countsAsAttempt"/> is false when the worker hands back work
    /// that it did not try, as it does when it stops. False when the lease was lost.
    /// </summary>
    ValueTask<bool> ReleaseAsync(
        Job job,
        DateTimeOffset runAt,
        bool countsAsAttempt,
        CancellationToken cancellationToken);

    /// <summary>Gives a job up. It is kept with the reason until somebody acts. False when the lease was lost.</summary>
    ValueTask<bool> BuryAsync(Job job, string reason, CancellationToken cancellationToken);

    /// <summary>Removes a job whoever holds it. False when there is none.</summary>
    ValueTask<bool> RemoveAsync(JobKey key, CancellationToken cancellationToken);

    /// <summary>The given-up jobs of a queue, latest first; of one company or of all.</summary>
    ValueTask<IReadOnlyList<DeadJob>> ListDeadAsync(
        string queue,
        CompanyId? company,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Puts a given-up job back with no attempts. False when there is none.</summary>
    ValueTask<bool> ReviveAsync(JobKey key, CancellationToken cancellationToken);

    /// <summary>Counts of every queue that holds something.</summary>
    ValueTask<IReadOnlyList<QueueCounts>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Returns when a job of this queue may be due: when one was added, gets due, or its lease is out.</summary>
    ValueTask WaitAsync(string queue, CancellationToken cancellationToken);
}

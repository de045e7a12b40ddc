using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>The queue, failing now and then before it does something or after it did.</summary>
internal sealed class FailingWorkQueue(IWorkQueue inner, Func<bool> fails) : IWorkQueue
{
    /// <summary>What new jobs wait for.</summary>
    internal Func<IReadOnlyList<NewJob>, Task> BeforeAdding { get; init; } = _ => Task.CompletedTask;

    /// <summary>Told of each job that somebody is done with.</summary>
    internal Action<Job> Completed { get; init; } = _ => { };

    public async ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        Check();
        await BeforeAdding(jobs);
        await inner.AddAsync(jobs, cancellationToken);
        Check();
    }

    public ValueTask<IReadOnlyList<Job>> LeaseAsync(
        string queue,
        int max,
        TimeSpan lifetime,
        CancellationToken cancellationToken) => RunAsync(() => inner.LeaseAsync(queue, max, lifetime, cancellationToken));

    public ValueTask<bool> RenewAsync(Job job, TimeSpan lifetime, CancellationToken cancellationToken) =>
        RunAsync(() => inner.RenewAsync(job, lifetime, cancellationToken));

    public async ValueTask<bool> CompleteAsync(Job job, CancellationToken cancellationToken)
    {
        var isCompleted = await RunAsync(() => inner.CompleteAsync(job, cancellationToken));
        Completed(job);
        return isCompleted;
    }

    public ValueTask<bool> ReleaseAsync(
        Job job,
        DateTimeOffset runAt,
        bool countsAsAttempt,
        CancellationToken cancellationToken) =>
        RunAsync(() => inner.ReleaseAsync(job, runAt, countsAsAttempt, cancellationToken));

    public ValueTask<bool> BuryAsync(Job job, string reason, CancellationToken cancellationToken) =>
        inner.BuryAsync(job, reason, cancellationToken);

    public ValueTask<bool> RemoveAsync(JobKey key, CancellationToken cancellationToken) =>
        inner.RemoveAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<DeadJob>> ListDeadAsync(
        string queue,
        CompanyId? company,
        int limit,
        CancellationToken cancellationToken) => inner.ListDeadAsync(queue, company, limit, cancellationToken);

    public ValueTask<bool> ReviveAsync(JobKey key, CancellationToken cancellationToken) =>
        inner.ReviveAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<QueueCounts>> CountAsync(CancellationToken cancellationToken) =>
        inner.CountAsync(cancellationToken);

    public ValueTask WaitAsync(string queue, CancellationToken cancellationToken) =>
        inner.WaitAsync(queue, cancellationToken);

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> act)
    {
        Check();
        var result = await act();
        Check();
        return result;
    }

    private void Check()
    {
        if (fails())
        {
            throw new IOException("The queue failed as the test told it to.");
        }
    }
}

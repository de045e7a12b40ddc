using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Queue;

public abstract class WorkQueueSuite(StoreHost host) : StoreSuite(host)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private string Name => $"queue-{Company}";

    private IWorkQueue Queue => Host.Get<IWorkQueue>();

    [Fact]
    public async Task A_job_is_leased_once_and_ends_when_completed()
    {
        await AddAsync(Job("a") with { Priority = 5 });

        var job = Assert.Single(await LeaseAsync());
        Assert.Equal((Job("a").Key, "{}", 5, 1), (job.Key, job.Payload, job.Priority, job.Attempts));
        Assert.Empty(await LeaseAsync());
        Assert.True(await Queue.CompleteAsync(job, None));
        Assert.False(await Queue.CompleteAsync(job, None));
        Host.Time.Advance(10 * s_minute);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task An_equal_key_changes_nothing_while_the_job_waits_or_runs()
    {
        await AddAsync(Job("a"));
        await AddAsync(Job("a") with { Payload = "[2]" });
        var job = Assert.Single(await LeaseAsync());
        await AddAsync(Job("a") with { Payload = "[3]" });
        Assert.Equal("{}", job.Payload);
        Assert.True(await Queue.CompleteAsync(job, None));
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_job_whose_lease_ran_out_is_leased_again_and_the_late_worker_is_refused()
    {
        await AddAsync(Job("a"));
        var first = Assert.Single(await LeaseAsync());
        Host.Time.Advance(2 * s_minute);
        var second = Assert.Single(await LeaseAsync());

        Assert.Equal(2, second.Attempts);
        Assert.False(await Queue.CompleteAsync(first, None));
        Assert.False(await Queue.RenewAsync(first, s_minute, None));
        Assert.False(await Queue.ReleaseAsync(first, Host.Time.GetUtcNow(), true, None));
        Assert.False(await Queue.BuryAsync(first, "late", None));
        Assert.Empty(await Queue.ListDeadAsync(Name, null, 10, None));
        Assert.True(await Queue.CompleteAsync(second, None));
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer()
    {
        await AddAsync(Job("a"));
        var job = Assert.Single(await LeaseAsync());
        Assert.True(await Queue.RenewAsync(job, 10 * s_minute, None));
        Host.Time.Advance(5 * s_minute);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_released_job_waits_for_its_time_and_counts_its_attempts()
    {
        await AddAsync(Job("a"));
        var job = Assert.Single(await LeaseAsync());
        Assert.True(await Queue.ReleaseAsync(job, Host.Time.GetUtcNow() + s_minute, true, None));
        Assert.Empty(await LeaseAsync());
        Host.Time.Advance(2 * s_minute);
        job = Assert.Single(await LeaseAsync());
        Assert.Equal(2, job.Attempts);
        Assert.True(await Queue.ReleaseAsync(job, Host.Time.GetUtcNow(), countsAsAttempt: false, None));
        Assert.Equal(2, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task A_job_does_not_run_before_its_time()
    {
        await AddAsync(Job("a") with { RunAt = Host.Time.GetUtcNow() + s_minute });
        Assert.Empty(await LeaseAsync());
        Host.Time.Advance(s_minute);
        Assert.Single(await LeaseAsync());
    }

    [Fact]
    public async Task Higher_priority_comes_first_then_the_older()
    {
        var now = Host.Time.GetUtcNow();
        await AddAsync(
            Job("low") with { Priority = -1 },
            Job("new") with { RunAt = now.AddSeconds(-1) },
            Job("old") with { RunAt = now.AddSeconds(-9) },
            Job("high") with { Priority = 9 },
            Job("later") with { Priority = 99, RunAt = now + s_minute });
        var jobs = new List<string>();
        while (await LeaseAsync(1) is [var job])
        {
            jobs.Add(job.Key.Name);
        }

        Assert.Equal(["high", "old", "new", "low"], jobs);
    }

    [Fact]
    public async Task One_job_of_a_company_does_not_wait_for_the_many_of_another()
    {
        var other = StoreHost.NewCompany();
        await AddAsync([.. Enumerable.Range(0, 2_000).Select(number => Job($"{number}") with { Priority = 10 })]);
        await AddAsync(Job("single", other));

        var first = await LeaseAsync(1);
        var second = await LeaseAsync(1);

        Assert.Contains(first.Concat(second), job => job.Key.Company == other);
    }

    [Fact]
    public async Task Companies_take_turns()
    {
        var companies = Enumerable.Range(0, 4).Select(_ => StoreHost.NewCompany()).ToList();
        foreach (var company in companies)
        {
            await AddAsync([.. Enumerable.Range(0, 6).Select(number => Job($"{number}", company))]);
        }

        for (var round = 0; round < 6; round++)
        {
            var served = new List<CompanyId>();
            for (var turn = 0; turn < 4; turn++)
            {
                served.Add(Assert.Single(await LeaseAsync(1)).Key.Company);
            }

            Assert.Equal(4, served.Distinct().Count());
        }

        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_large_lease_is_shared_and_leaves_nothing_that_is_due()
    {
        var other = StoreHost.NewCompany();
        await AddAsync([.. Enumerable.Range(0, 50).Select(number => Job($"{number}"))]);
        await AddAsync([.. Enumerable.Range(0, 3).Select(number => Job($"{number}", other))]);
        var jobs = await LeaseAsync(20);
        Assert.Equal(20, jobs.Count);
        Assert.Equal(3, jobs.Count(job => job.Key.Company == other));
        Assert.Equal(33, (await LeaseAsync(100)).Count);
    }

    [Fact]
    public async Task A_buried_job_is_kept_with_its_reason_until_it_is_revived()
    {
        await AddAsync(Job("a"));
        var job = Assert.Single(await LeaseAsync());
        Assert.True(await Queue.BuryAsync(job, "It is broken: \0 ü", None));
        Host.Time.Advance(10 * s_minute);
        Assert.Empty(await LeaseAsync());

        var dead = Assert.Single(await Queue.ListDeadAsync(Name, Company, 10, None));
        Assert.Equal((job.Key, 1), (dead.Key, dead.Attempts));
        Assert.StartsWith("It is broken", dead.Reason, StringComparison.Ordinal);
        Assert.Empty(await Queue.ListDeadAsync(Name, StoreHost.NewCompany(), 10, None));
        Assert.True(await Queue.ReviveAsync(job.Key, None));
        Assert.False(await Queue.ReviveAsync(job.Key, None));
        Assert.Empty(await Queue.ListDeadAsync(Name, null, 10, None));
        Assert.Equal(1, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task New_work_takes_the_place_of_what_was_given_up()
    {
        await AddAsync(Job("a"));
        await Queue.BuryAsync(Assert.Single(await LeaseAsync()), "no", None);
        await AddAsync(Job("a"));
        Assert.Empty(await Queue.ListDeadAsync(Name, null, 10, None));
        Assert.Single(await LeaseAsync());
    }

    [Fact]
    public async Task A_removed_job_is_gone_whoever_holds_it()
    {
        await AddAsync(Job("waiting"), Job("running"));
        var job = Assert.Single(await LeaseAsync(1));
        Assert.True(await Queue.RemoveAsync(Job("waiting").Key, None));
        Assert.True(await Queue.RemoveAsync(Job("running").Key, None));
        Assert.False(await Queue.RemoveAsync(Job("running").Key, None));
        Assert.False(await Queue.CompleteAsync(job, None));
    }

    [Fact]
    public async Task Counts_tell_what_waits_runs_and_died()
    {
        await AddAsync(Job("a"), Job("b"), Job("c"), Job("d"));
        await Queue.BuryAsync(Assert.Single(await LeaseAsync(1)), "no", None);
        await LeaseAsync(1);
        Host.Time.Advance(TimeSpan.FromSeconds(30));
        var counts = Assert.Single(await Queue.CountAsync(None), counts => counts.Queue == Name);
        Assert.Equal((2, 1, 1), (counts.Waiting, counts.Running, counts.Dead));
        Assert.InRange(counts.OldestDueSeconds, 30, 60);
    }

    [Fact]
    public async Task Concurrent_workers_never_hold_the_same_job()
    {
        await AddAsync([.. Enumerable.Range(0, 300).Select(number => Job($"{number}"))]);
        var names = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(TakeAllAsync)));
        var all = names.SelectMany(list => list).ToList();
        Assert.Equal(300, all.Count);
        Assert.Equal(300, all.Distinct().Count());
    }

    [Fact]
    public async Task Waiting_ends_when_a_job_is_added_and_when_one_gets_due()
    {
        var waiting = Queue.WaitAsync(Name, None).AsTask();
        await AddAsync(Job("a"));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        await Queue.WaitAsync(Name, None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await LeaseAsync();
        await AddAsync(Job("b") with { RunAt = Host.Time.GetUtcNow().AddMilliseconds(50) });
        await Queue.WaitAsync(Name, None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private NewJob Job(string name, CompanyId? company = null) =>
        new(new JobKey(Name, company ?? Company, name), "{}");

    private async Task AddAsync(params NewJob[] jobs) => await Queue.AddAsync(jobs, None);

    private async Task<IReadOnlyList<Job>> LeaseAsync(int max = 100) =>
        await Queue.LeaseAsync(Name, max, s_minute, None);

    private async Task<List<string>> TakeAllAsync()
    {
        var names = new List<string>();
        while (await LeaseAsync(7) is { Count: > 0 } jobs)
        {
            names.AddRange(jobs.Select(job => job.Key.Name));
        }

        return names;
    }
}

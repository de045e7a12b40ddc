using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Bulk;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Running hydraters again on many documents (hydration.md §10).</summary>
public sealed class BulkTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeInProcessHydrater _first = FakeInProcessHydrater.Writing("first", "{}");
    private readonly FakeInProcessHydrater _second = FakeInProcessHydrater.Writing("second", "{}");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_chosen_documents_are_hydrated_once_more_by_the_named_hydraters_alone()
    {
        await using var host = await StartAsync(pageMax: 10);
        var company = await CompanyAsync(host);
        var documents = await PutAsync(host, company, 45);

        var start = await host.Get<IBulkHydration>().StartAsync(
            company, """[{"metadata": {"kind": "odd"}}]""", [Sample.Url("second")], default);
        Assert.Equal(BulkHydrationState.Running, start.Run!.State);
        var run = await UntilEndedAsync(host, company);

        Assert.Equal((BulkHydrationState.Done, 45, 22), (run.State, run.Looked, run.Started));
        foreach (var document in documents)
        {
            await host.UntilHydratedAsync(document, "first", "second");
        }

        Assert.Equal(45, _first.Tasks.Count);
        Assert.Equal(45 + 22, _second.Tasks.Count);
        Assert.Equal(22, _second.Tasks.Count(t => t.Document.Hydration.IsBulk));
    }

    [Fact]
    public async Task A_run_can_be_ended_before_its_end_and_another_begun_then()
    {
        var (goesOn, isOver) = (new TaskCompletionSource(), new TaskCompletionSource());
        var isNext = false;
        HeldFeed feed = null!;
        await using var host = await StartAsync(pageMax: 1, replace: services => services
            .Decorate<IChangeFeed>(inner => feed = new HeldFeed(inner, goesOn.Task))
            .Decorate<IWorkQueue>(inner => new FailingWorkQueue(inner, () => false)
            {
                BeforeAdding = jobs => isNext && jobs.Any(job => job.Key.Queue == "bulk-hydration") ? EndFirstAsync() : Task.CompletedTask,
                Completed = job => _ = job.Key.Queue == "bulk-hydration" && isOver.TrySetResult(),
            }));
        var company = await CompanyAsync(host);
        await PutAsync(host, company, 20);
        var bulk = host.Get<IBulkHydration>();

        await bulk.StartAsync(company, null, null, default);
        await Eventually.TrueAsync(() => feed.IsHeld, what: "the run is in the middle");
        Assert.Equal(BulkHydrationFault.IsRunning, (await bulk.StartAsync(company, null, null, default)).Fault);
        Assert.True(await bulk.CancelAsync(company, default));
        Assert.False(await bulk.CancelAsync(company, default));
        var ended = await bulk.FindAsync(company, default);
        Assert.Equal(BulkHydrationState.Cancelled, ended!.State);
        Assert.True(ended.Started < 20, $"{ended.Started} began.");

        // The last one: the first run has not come to it, so it is not at work.
        isNext = true;
        var next = await bulk.StartAsync(company, """[{"identifier": "doc 19"}]""", null, default);
        Assert.Null(next.Fault);
        Assert.Equal(1, (await UntilEndedAsync(host, company)).Started);

        // The worker of the first run learns that it is over when the next one is stored, and is done before that begins.
        Task EndFirstAsync()
        {
            goesOn.TrySetResult();
            return isOver.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task A_run_whose_job_was_never_added_goes_on_when_somebody_asks_for_one()
    {
        await using var host = await StartAsync(pageMax: 10);
        var company = await CompanyAsync(host);
        await PutAsync(host, company, 5);
        var run = new BulkRun
        {
            Id = "cut short",
            Position = FeedPosition.Start.ToString(),
            End = (await host.Get<IChangeFeed>().GetEndAsync(default)).ToString(),
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
        await host.Get<BulkRuns>().SaveAsync(company, run, default);

        var start = await host.Get<IBulkHydration>().StartAsync(company, null, null, default);

        Assert.Equal(BulkHydrationFault.IsRunning, start.Fault);
        Assert.Equal(5, (await UntilEndedAsync(host, company)).Started);
    }

    [Fact]
    public async Task A_run_goes_on_after_a_crash()
    {
        CompanyId company;
        List<Document> documents;
        var host = await StartAsync(pageMax: 5, isKilled: true);
        try
        {
            company = await CompanyAsync(host);
            documents = await PutAsync(host, company, 60);
            await host.Get<IBulkHydration>().StartAsync(company, null, null, default);
        }
        finally
        {
            await host.KillAsync();
        }

        await using var next = await StartAsync(pageMax: 5, isKilled: true);
        var run = await UntilEndedAsync(next, company);
        Assert.Equal(BulkHydrationState.Done, run.State);
        foreach (var document in documents)
        {
            var again = await next.UntilHydratedAsync(document, "first", "second");
            Assert.Equal((1, run.Id), (again.Hydration.Generation, again.Hydration.BulkRun));
        }
    }

    [Fact]
    public async Task Wrong_wishes_begin_nothing()
    {
        await using var host = await StartAsync(pageMax: 5);
        var company = await CompanyAsync(host);
        var bulk = host.Get<IBulkHydration>();
        Assert.Equal(
            BulkHydrationFault.UnknownHydrater, (await bulk.StartAsync(company, null, ["http://nobody/"], default)).Fault);
        Assert.Equal(BulkHydrationFault.InvalidFilters, (await bulk.StartAsync(company, "[1]", null, default)).Fault);
        Assert.Null(await bulk.FindAsync(company, default));
    }

    private Task<HydrationHost> StartAsync(
        int pageMax, bool isKilled = false, Action<IServiceCollection>? replace = null) => HydrationHost.StartAsync(
        _directory.Path,
        [_first, _second],
        options =>
        {
            options.BulkPageMax = pageMax;
            if (isKilled)
            {
                HydrationHost.ShortLeases(options);
            }
        },
        replace);

    private static Task<CompanyId> CompanyAsync(HydrationHost host) =>
        host.CompanyAsync(Sample.Hydrater("first", "[{}]"), Sample.Hydrater("second", "[{}]"));

    private static async Task<List<Document>> PutAsync(HydrationHost host, CompanyId company, int count)
    {
        var documents = new List<Document>();
        for (var i = 0; i < count; i++)
        {
            var kind = i % 2 == 0 ? "even" : "odd";
            documents.Add(await host.PutAsync(company, $"doc {i}", $$"""{"kind": "{{kind}}"}"""));
        }

        foreach (var document in documents)
        {
            await host.UntilHydratedAsync(document, "first", "second");
        }

        return documents;
    }

    private static async Task<BulkHydration> UntilEndedAsync(HydrationHost host, CompanyId company)
    {
        BulkHydration? run = null;
        await Eventually.TrueAsync(async () =>
            (run = await host.Get<IBulkHydration>().FindAsync(company, default)) is { State: not BulkHydrationState.Running });
        return run!;
    }
}

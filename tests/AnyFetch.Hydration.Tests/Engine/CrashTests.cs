using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

public sealed class CrashTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Whatever_is_cut_off_ends_hydrated_once()
    {
        const int Documents = 200;
        var stored = new List<Document>();
        var host = await HydrationHost.StartAsync(_directory.Path, [Slow(1), Slow(2)], HydrationHost.ShortLeases);
        var company = await host.CompanyAsync(
            Sample.Hydrater("h1", """[{"filePath":"/^./"}]""", 1), Sample.Hydrater("h2", "[{}]"));
        for (var crash = 0; crash < 5; crash++)
        {
            for (var i = 0; i < Documents / 5; i++)
            {
                stored.Add(await host.PutAsync(company, $"d{crash}-{i}", file: $"content {i}"));
            }

            await host.KillAsync();
            host = await HydrationHost.StartAsync(_directory.Path, [Slow(1), Slow(2)], HydrationHost.ShortLeases);
        }

        await using (host)
        {
            foreach (var document in stored)
            {
                var hydrated = await host.UntilHydratedAsync(document, "h1", "h2");
                Assert.Equal("""{"h1":1,"h2":2}""", hydrated.Metadata.ToString());
                Assert.Equal(2, hydrated.Hydration.Runs.Count);
                Assert.Null(hydrated.File);
                Assert.Null(hydrated.Hydration.Error);
            }

            await Eventually.TrueAsync(async () =>
                (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
        }
    }

    [Fact]
    public async Task A_lost_worker_is_replaced_when_its_lease_is_out()
    {
        var first = await HydrationHost.StartAsync(_directory.Path, [Slow(1)], HydrationHost.ShortLeases);
        var company = await first.CompanyAsync(Sample.Hydrater("h1", "[{}]"));
        await first.DisposeAsync();

        // Somebody leases the job and is never heard of again.
        var stuck = new TaskCompletionSource<HydraterOutcome>();
        var silent = new FakeInProcessHydrater("h1", (_, _) => stuck.Task);
        var second = await HydrationHost.StartAsync(_directory.Path, [silent], HydrationHost.ShortLeases);
        var document = await second.PutAsync(company, "a");
        await Eventually.TrueAsync(() => !silent.Tasks.IsEmpty);
        await second.KillAsync();
        await using var third = await HydrationHost.StartAsync(_directory.Path, [Slow(1)], HydrationHost.ShortLeases);
        await third.UntilHydratedAsync(document, "h1");
    }

    [Fact]
    public async Task A_hydrater_that_went_away_with_an_upgrade_does_not_hold_documents_for_ever()
    {
        var stuck = new TaskCompletionSource<HydraterOutcome>();
        var gone = new FakeInProcessHydrater("gone", (_, stop) => stuck.Task.WaitAsync(stop));
        Document document;
        await using (var before = await HydrationHost.StartAsync(_directory.Path, [gone]))
        {
            var company = await before.CompanyAsync(
                Sample.Hydrater("gone", "[{}]"), Sample.Hydrater("h1", "[{}]", -1));
            document = await before.PutAsync(company, "a", file: "content");
            await Eventually.TrueAsync(() => !gone.Tasks.IsEmpty);
        }

        await using var after = await HydrationHost.StartAsync(_directory.Path, [Slow(1)], o => o.CallRetrySeconds = []);
        var ended = await after.UntilAsync(document, d => d.Hydration.Error is not null);
        Assert.Equal("unreachable", ended.Hydration.Error);
        Assert.Null(ended.File);
        await Eventually.TrueAsync(async () =>
            (await after.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
    }

    [Fact]
    public async Task Failing_before_or_after_any_write_leaves_everything_hydrated_once()
    {
        var random = new Random(1);
        var isFailing = true;
        bool Fails()
        {
            lock (random)
            {
                return isFailing && random.Next(6) == 0;
            }
        }

        await using var host = await HydrationHost.StartAsync(
            _directory.Path,
            [Slow(1), Slow(2)],
            o =>
            {
                HydrationHost.ShortLeases(o);
                o.RetrySeconds = [.. Enumerable.Repeat(1, 10)];
            },
            services => services
                .Decorate<IDocumentStore>(inner => new FailingDocumentStore(inner, Fails))
                .Decorate<IWorkQueue>(inner => new FailingWorkQueue(inner, Fails)));
        var company = await host.CompanyAsync(
            Sample.Hydrater("h1", """[{"filePath":"/^./"}]""", 1), Sample.Hydrater("h2", "[{}]"));
        var stored = new List<Document>();
        for (var i = 0; i < 60; i++)
        {
            stored.Add(await FailingDocumentStore.OutsideAsync(() => host.PutAsync(company, $"d{i}", file: $"content {i}")));
        }

        await FailingDocumentStore.OutsideAsync(async () =>
        {
            foreach (var document in stored.Take(stored.Count / 3))
            {
                await host.UntilAsync(document, d => d.Hydration.Runs.Count > 0);
            }

            return true;
        });
        isFailing = false;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var document in stored)
        {
            var hydrated = await host.UntilHydratedAsync(document, "h1", "h2");
            Assert.Equal("""{"h1":1,"h2":2}""", hydrated.Metadata.ToString());
            Assert.Equal(2, hydrated.Hydration.Runs.Count);
            Assert.Null(hydrated.File);
        }

        await Eventually.TrueAsync(async () =>
            (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
    }

    private static FakeInProcessHydrater Slow(int number) => new($"h{number}", async (_, stop) =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10)), TimeProvider.System, stop);
        return HydraterOutcome.Changed(Encoding.UTF8.GetBytes("{\"metadata\":{\"h" + number + "\":" + number + "}}"));
    });
}

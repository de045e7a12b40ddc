using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>A company whose documents hold their hydrater for ever, beside one whose documents do not.</summary>
public sealed class PoisonTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Documents_that_are_stuck_hold_up_nobody_else()
    {
        using var directory = new TempDirectory();
        var release = new TaskCompletionSource();
        var hydrater = new FakeInProcessHydrater(
            "h",
            async (task, stop) =>
            {
                if (task.Document.Identifier.Value.StartsWith("stuck", StringComparison.Ordinal))
                {
                    await release.Task.WaitAsync(stop);
                }

                return HydraterOutcome.Nothing;
            },
            timeoutSeconds: 600);
        await using var host = await HydrationHost.StartAsync(directory.Path, [hydrater]);
        var record = Sample.Hydrater("h", "[{}]");
        var poison = await host.CompanyAsync(record);
        var normal = await host.CompanyAsync(record);
        for (var n = 0; n < 20; n++)
        {
            await host.PutAsync(poison, $"stuck {n}");
        }

        await Eventually.TrueAsync(() => hydrater.Tasks.Count == 2);
        var documents = new List<Document>();
        for (var n = 0; n < 20; n++)
        {
            documents.Add(await host.PutAsync(normal, $"quick {n}"));
        }

        foreach (var document in documents)
        {
            await host.UntilHydratedAsync(document, "h");
        }

        Assert.Equal(2, hydrater.Tasks.Count(task => task.Document.Identifier.Value.StartsWith("stuck", StringComparison.Ordinal)));
        release.SetResult();
        await Eventually.TrueAsync(
            () => hydrater.Tasks.Count(task => task.Document.Identifier.Value.StartsWith("stuck", StringComparison.Ordinal)) >= 10);
    }

    [Fact]
    public async Task Documents_behind_a_slow_one_of_their_company_are_done_beside_it()
    {
        using var directory = new TempDirectory();
        var release = new TaskCompletionSource();
        var hydrater = new FakeInProcessHydrater(
            "h",
            async (task, stop) =>
            {
                if (task.Document.Identifier.Value == "slow")
                {
                    await release.Task.WaitAsync(stop);
                }

                return HydraterOutcome.Nothing;
            },
            timeoutSeconds: 600);
        await using var host = await HydrationHost.StartAsync(directory.Path, [hydrater]);
        var company = await host.CompanyAsync(Sample.Hydrater("h", "[{}]"));
        var slow = await host.PutAsync(company, "slow");
        await Eventually.TrueAsync(() => hydrater.Tasks.Count == 1, s_patience);
        var others = new List<Document>();
        for (var n = 0; n < 40; n++)
        {
            others.Add(await host.PutAsync(company, $"quick {n}"));
        }

        await Eventually.TrueAsync(() => hydrater.Tasks.Count == others.Count + 1, s_patience);
        release.SetResult();
        await host.UntilHydratedAsync(slow, "h");
    }

    [Fact]
    public async Task Who_is_turned_away_comes_back_soon_unless_nothing_of_the_company_moves()
    {
        var shares = new CompanyShares(2);
        var company = new CompanyId(HydrationHost.NewId());
        CompanyPlace[] places = [await EnterAsync(), await EnterAsync()];

        Assert.True(places[0].TryStepAside());
        var soon = ComeBackSeconds();
        Assert.True(places[1].TryStepAside());
        var stuck = ComeBackSeconds();
        Assert.Null(await shares.EnterAsync(company, 0, CancellationToken.None));
        places[0].End();
        var again = ComeBackSeconds();

        Assert.All(soon.Concat(again), seconds => Assert.InRange(seconds, 0.5, 2));
        Assert.All(stuck, seconds => Assert.InRange(seconds, 0.5, 60));
        Assert.InRange(stuck.Max(), 10, 60);

        async Task<CompanyPlace> EnterAsync() => (await shares.EnterAsync(company, 0, CancellationToken.None))!;

        // They are drawn by lot: a hundred that are all below ten seconds come once in ten to the eightieth times.
        List<double> ComeBackSeconds() => [.. Enumerable.Range(0, 100).Select(_ => shares.ComeBackAfter(company).TotalSeconds)];
    }
}

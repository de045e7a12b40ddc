using AnyFetch.Core.Documents;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>A company whose documents hold their hydrater for ever, beside one whose documents do not.</summary>
public sealed class PoisonTests
{
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
}

using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Hydraters that answer for a document without a task.</summary>
public sealed class ImmediateTests : IDisposable
{
    private const string All = "[{}]";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_new_document_is_stored_with_the_answers_of_all_rounds_and_no_job()
    {
        var low = AtOnce("low", _ => Changes("""{"metadata":{"low":1}}"""));
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [AtOnce("high", _ => Changes("""{"metadata":{"high":1}}""")), low]);
        var company = await host.CompanyAsync(Sample.Hydrater("high", All, 1), Sample.Hydrater("low", All, -1));
        var created = host.New(company, "a", """{"title":"A"}""");

        var start = await host.Get<IHydration>().StartAsync(created, CancellationToken.None);
        Assert.Empty(start.Jobs);
        Assert.Equal("""{"title":"A","high":1,"low":1}""", start.Document.Metadata.ToString());
        Assert.Equal([Sample.Url("high"), Sample.Url("low")], start.Document.Hydration.HydratedBy.Order());
        Assert.False(start.Document.Hydration.IsHydrating);

        // The feed brings it to the follower, which has nothing to add: what came later is done, and this one is as it was.
        await host.ChangeAsync(start.Document, d => d);
        var position = Assert.Single(await ReadAsync(host)).Position;
        var marker = await host.PutAsync(company, "marker");
        await host.UntilHydratedAsync(marker, "high", "low");
        Assert.Equal(position, (await ReadAsync(host))[0].Position);
        Assert.Empty(low.Tasks);
    }

    [Fact]
    public async Task What_a_hydrater_leaves_open_becomes_a_task()
    {
        var picky = new FakeInProcessHydrater("picky", (_, _) => Task.FromResult(Changes("""{"metadata":{"by":"task"}}""")))
        {
            AtOnce = document => document.Metadata.TryGet("easy", out _) ? Changes("""{"metadata":{"by":"itself"}}""") : null,
        };
        await using var host = await HydrationHost.StartAsync(_directory.Path, [picky]);
        var company = await host.CompanyAsync(Sample.Hydrater("picky", All));

        var hard = await host.Get<IHydration>().StartAsync(host.New(company, "hard", "{}"), CancellationToken.None);
        Assert.Equal(Sample.Url("picky"), Assert.Single(hard.Document.Hydration.Hydrating));
        Assert.Single(hard.Jobs);
        var easy = await host.UntilHydratedAsync(await host.PutAsync(company, "easy", """{"easy":1}"""), "picky");
        Assert.Equal("itself", By(easy));
        var stored = await host.UntilHydratedAsync(await host.PutAsync(company, "hard"), "picky");
        Assert.Equal("task", By(stored));
        Assert.Single(picky.Tasks);
    }

    [Fact]
    public async Task The_round_after_an_answer_takes_what_answers_at_once()
    {
        var after = AtOnce("after", _ => Changes("""{"metadata":{"after":1}}"""));
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [FakeInProcessHydrater.Writing("reader", """{"metadata":{"text":"t"}}"""), after]);
        var company = await host.CompanyAsync(
            Sample.Hydrater("reader", """[{"filePath":"/^./"}]"""), Sample.Hydrater("after", """[{"metadata":{"text":"t"}}]""", -1));
        var document = await host.UntilHydratedAsync(await host.PutAsync(company, "a", file: "x"), "reader", "after");
        Assert.Equal("""{"text":"t","after":1}""", document.Metadata.ToString());
        Assert.Null(document.File);
        Assert.Empty(after.Tasks);
        Assert.All(await host.Get<IWorkQueue>().CountAsync(CancellationToken.None), c => Assert.Equal("released-files", c.Queue));
    }

    [Fact]
    public async Task A_wrong_answer_is_the_hydraters_failure()
    {
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [AtOnce("bad", _ => Changes("""{"document_type":"unheard of"}"""))]);
        var company = await host.CompanyAsync(Sample.Hydrater("bad", All));
        var start = await host.Get<IHydration>().StartAsync(host.New(company, "a", "{}"), CancellationToken.None);
        Assert.Empty(start.Jobs);
        Assert.Equal(Sample.Url("bad"), start.Document.Hydration.ErroredBy);
        Assert.NotNull(start.Document.Hydration.Error);
    }

    [Fact]
    public async Task Hydraters_that_undo_each_other_end_at_the_limit_of_rounds()
    {
        FakeInProcessHydrater Turning(string name) => AtOnce(
            name, document => Changes($$$"""{"metadata":{"seen":{{{document.Hydration.Rounds}}}}}"""));
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [Turning("a"), Turning("b")], options => options.RoundsMax = 7);
        var company = await host.CompanyAsync(
            Sample.Hydrater("a", All, 1) with { RerunOn = ["metadata"] }, Sample.Hydrater("b", All) with { RerunOn = ["metadata"] });
        var start = await host.Get<IHydration>().StartAsync(host.New(company, "x", "{}"), CancellationToken.None);
        Assert.Equal(7, start.Document.Hydration.Rounds);
        Assert.Contains("7 rounds", start.Document.Hydration.Error, StringComparison.Ordinal);
    }

    private static FakeInProcessHydrater AtOnce(string name, Func<Document, HydraterOutcome?> answer) =>
        new(name, (_, _) => throw new InvalidOperationException("It is not asked by a task.")) { AtOnce = answer };

    private static string? By(Document document) => document.Metadata.TryGet("by", out var by) ? by.GetString() : null;

    private static HydraterOutcome Changes(string json) => HydraterOutcome.Changed(Encoding.UTF8.GetBytes(json));

    private static async Task<IReadOnlyList<FeedEntry>> ReadAsync(HydrationHost host) =>
        await host.Get<IChangeFeed>().ReadAsync(FeedPosition.Start, 100, null, CancellationToken.None);
}

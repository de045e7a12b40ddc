using System.Text.Json;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>What a company says about hydration goes before the server's configuration.</summary>
public sealed class CompanyWordTests : IAsyncLifetime
{
    private const string HasFile = """[{"filePath":"/^./"}]""";

    private readonly TempDirectory _directory = new();
    private FakeExternalHydrater _hydrater = null!;

    public async Task InitializeAsync() => _hydrater = await FakeExternalHydrater.StartAsync();

    public async Task DisposeAsync()
    {
        await _hydrater.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Its_originals_stay_until_it_says_otherwise()
    {
        var hydrater = FakeInProcessHydrater.Writing("h", "{}");
        await using var host = await HydrationHost.StartAsync(_directory.Path, [hydrater]);
        var keeps = await CompanyAsync(host, new CompanyHydration { KeepsOriginals = true }, Sample.Hydrater("h", HasFile));
        var kept = await host.PutAsync(keeps, "kept", file: "x");
        Assert.NotNull((await host.UntilHydratedAsync(kept, "h")).File);
        var none = await host.PutAsync(await host.CompanyAsync(), "nobody wants it", file: "x");
        await host.UntilAsync(none, d => d.File is null);

        await SayAsync(host, keeps, new CompanyHydration());
        await Eventually.TrueAsync(async () => !(await host.Get<HydraterStacks>().GetAsync(keeps, default)).Company.KeepsOriginals);
        await host.Get<IHydration>().HydrateAgainAsync(DocumentKey.ById(keeps, kept.Id), null, default);
        await host.UntilAsync(kept, d => d.File is null);
        Assert.Equal(2, hydrater.Tasks.Count);
    }

    [Fact]
    public async Task Its_patience_with_hydraters_elsewhere_is_its_own()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path, configure: o => o.CallbackSeconds = 600);
        var elsewhere = Sample.Hydrater("x", HasFile) with { Url = _hydrater.Url };
        var patient = await CompanyAsync(host, new CompanyHydration { CallbackSeconds = 6_000 }, elsewhere);
        var hasty = await CompanyAsync(host, new CompanyHydration { CallbackSeconds = 60 }, elsewhere);
        var slow = await host.PutAsync(patient, "a", file: "content");
        var quick = await host.PutAsync(hasty, "b", file: "content");
        await Eventually.TrueAsync(async () => (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None))
            .Any(c => c is { Queue: "hydrate-deadline", Waiting: 2 }));

        host.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("timed out", (await host.UntilAsync(quick, d => !d.Hydration.IsHydrating)).Hydration.Error);
        host.Time.Advance(TimeSpan.FromSeconds(600));
        Assert.True((await host.FindAsync(slow))!.Hydration.IsHydrating);
        host.Time.Advance(TimeSpan.FromSeconds(6_000));
        Assert.Equal("timed out", (await host.UntilAsync(slow, d => !d.Hydration.IsHydrating)).Hydration.Error);
    }

    [Fact]
    public async Task Hydraters_inside_and_elsewhere_are_told_of_it_and_of_nothing_when_nothing_is_said()
    {
        var inside = FakeInProcessHydrater.Writing("h", "{}");
        await using var host = await HydrationHost.StartAsync(_directory.Path, [inside]);
        var (inProcess, elsewhere) = (Sample.Hydrater("h", HasFile), Sample.Hydrater("x", HasFile) with { Url = _hydrater.Url });
        var says = await CompanyAsync(
            host, new CompanyHydration { Languages = ["deu"], JunkFolders = [] }, inProcess, elsewhere);
        await host.PutAsync(says, "a", file: "content");
        await Eventually.TrueAsync(() => inside.Tasks.Count == 1 && _hydrater.Calls.Count == 1);
        const string Said = """{"ocr_languages":["deu"],"junk_folders":[]}""";
        Assert.Equal(Said, CompanyIn(JsonElement.Parse(inside.Tasks.Single().DocumentJson.Span)));
        Assert.Equal(Said, CompanyIn(_hydrater.Calls.Single().GetProperty("document")));

        var silent = await host.CompanyAsync(inProcess);
        await host.PutAsync(silent, "b", file: "content");
        await Eventually.TrueAsync(() => inside.Tasks.Count == 2);
        Assert.Null(CompanyIn(JsonElement.Parse(inside.Tasks.Last().DocumentJson.Span)));
    }

    [Fact]
    public async Task A_hydrater_inside_may_have_other_filters_for_it()
    {
        var hydrater = FakeInProcessHydrater.Writing("h", "{}");
        hydrater.CompanyFilters = company => company.JunkNames is [var name] ? $$$"""[{"metadata":{"path":"{{{name}}}"}}]""" : null;
        await using var host = await HydrationHost.StartAsync(_directory.Path, [hydrater]);
        var registered = Sample.Hydrater("h", """[{"metadata":{"path":"registered"}}]""");
        var says = await CompanyAsync(host, new CompanyHydration { JunkNames = ["own"] }, registered);
        var silent = await CompanyAsync(host, new CompanyHydration { Languages = ["deu"] }, registered);
        var own = await host.PutAsync(says, "a", """{"path":"own"}""");
        var first = await host.PutAsync(silent, "b", """{"path":"registered"}""");
        await host.UntilHydratedAsync(own, "h");
        await host.UntilHydratedAsync(first, "h");
        var matches = await host.Get<IHydration>().MatchAsync(host.New(says, "c", """{"path":"registered"}"""), default);
        Assert.NotNull(Assert.Single(matches).Reason);
    }

    private static string? CompanyIn(JsonElement document) =>
        document.TryGetProperty("company", out var company) ? company.GetRawText() : null;

    private static async Task<CompanyId> CompanyAsync(
        HydrationHost host, CompanyHydration says, params Core.Hydraters.Hydrater[] hydraters)
    {
        var id = await host.CompanyAsync(hydraters);
        await SayAsync(host, id, says);
        return id;
    }

    private static async Task SayAsync(HydrationHost host, CompanyId id, CompanyHydration says)
    {
        var companies = host.Get<ICompanyStore>();
        await companies.UpdateAsync((await companies.FindAsync(id, default))! with { Hydration = says }, default);
    }
}

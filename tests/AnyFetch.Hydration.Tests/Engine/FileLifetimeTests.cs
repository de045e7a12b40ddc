using AnyFetch.Core.Hydration;
using AnyFetch.Core.Documents;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Files that are retained after an error (hydration.md §7), and hydraters that cannot work on this machine.</summary>
public sealed class FileLifetimeTests : IDisposable
{
    private const string HasFile = """[{"filePath":"/^./"}]""";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task After_an_error_the_file_stays_for_a_while_so_that_it_can_be_read_again()
    {
        var fails = true;
        var hydrater = new FakeInProcessHydrater("h", (_, _) => Task.FromResult(
            fails ? HydraterOutcome.Failed("bad", isPermanent: true) : HydraterOutcome.Nothing));
        await using var host = await HydrationHost.StartAsync(_directory.Path, [hydrater], o => o.RetainOnErrorHours = 2);
        var company = await host.CompanyAsync(Sample.Hydrater("h", HasFile));
        var mended = await host.PutAsync(company, "mended", file: "x");
        var left = await host.PutAsync(company, "left", file: "y");
        await host.UntilAsync(mended, d => d.Hydration.Error is not null);
        Assert.NotNull((await host.UntilAsync(left, d => d.Hydration.Error is not null)).File);

        fails = false;
        var again = await host.Get<IHydration>().HydrateAgainAsync(
            DocumentKey.ById(company, mended.Id), null, default);
        Assert.Equal(HydrateAgainResult.Started, again);
        Assert.Null((await host.UntilHydratedAsync(mended, "h")).File);

        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull((await host.FindAsync(left))!.File);
        host.Time.Advance(TimeSpan.FromHours(2));
        var gone = await host.UntilAsync(left, d => d.File is null);
        Assert.Equal("bad", gone.Hydration.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hydrating_again_begins_with_the_type_that_the_document_came_with(bool isNamed)
    {
        var reader = FakeInProcessHydrater.Writing("reader", """{"document_type": "document"}""");
        await using var host = await HydrationHost.StartAsync(_directory.Path, [reader]);
        var company = await host.CompanyAsync(
            Sample.Hydrater("reader", """[{"documentType": {"name": "file"}, "filePath": "/^./"}]"""));
        var document = await host.PutAsync(company, "a", file: "x", source: DocumentSource.KeepFile);
        await host.UntilHydratedAsync(document, "reader");

        await host.Get<IHydration>().HydrateAgainAsync(
            DocumentKey.ById(company, document.Id), isNamed ? [Sample.Url("reader")] : null, default);
        var again = await host.UntilHydratedAsync(document, "reader");
        Assert.Equal(Sample.DocumentType.Id, again.Type);
        Assert.Equal(2, reader.Tasks.Count);
    }

    [Fact]
    public async Task A_hydrater_that_cannot_work_here_is_not_offered_any_document()
    {
        var off = FakeInProcessHydrater.Writing("off", "{}");
        off.Unavailable = "tesseract is not installed.";
        var on = FakeInProcessHydrater.Writing("on", "{}");
        await using var host = await HydrationHost.StartAsync(_directory.Path, [off, on]);
        var company = await host.CompanyAsync(Sample.Hydrater("off", "[{}]"), Sample.Hydrater("on", "[{}]"));
        var document = await host.PutAsync(company, "a");
        Assert.Null((await host.UntilHydratedAsync(document, "on")).Hydration.Error);
        Assert.Empty(off.Tasks);
        Assert.Equal(["Hydrater off is off: tesseract is not installed."], host.Get<IHydraterStates>().ListUnavailable());
    }
}

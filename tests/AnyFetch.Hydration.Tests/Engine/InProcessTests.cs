using System.Text;
using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

public sealed class InProcessTests : IDisposable
{
    private const string HasFile = """[{"filePath":"/^./"}]""";
    private const string All = "[{}]";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_is_read_its_text_merged_and_then_discarded()
    {
        var plaintext = new FakeInProcessHydrater("plaintext", async (task, stop) =>
        {
            await using var stream = await task.OpenFileAsync(stop);
            var text = await new StreamReader(stream!).ReadToEndAsync(stop);
            return HydraterOutcome.Changed(JsonSerializer.SerializeToUtf8Bytes(
                new { document_type = "document", metadata = new { text }, data = new { html = "<script>x" } }));
        });
        await using var host = await HydrationHost.StartAsync(_directory.Path, [plaintext]);
        var company = await host.CompanyAsync(Sample.Hydrater("plaintext", HasFile));
        var document = await host.PutAsync(company, "a", """{"path":"a.txt","gone":1}""", file: "hello");

        var hydrated = await host.UntilHydratedAsync(document, "plaintext");
        Assert.Equal("""{"path":"a.txt","gone":1,"text":"hello"}""", hydrated.Metadata.ToString());
        Assert.Equal("""{"html":"x"}""", hydrated.Data.ToString());
        Assert.Equal(Sample.DocumentType.Id, hydrated.Type);
        Assert.NotNull(hydrated.Hydration.LastHydration);
        Assert.Null(hydrated.File);
        var told = JsonDocument.Parse(plaintext.Tasks.Single().DocumentJson).RootElement;
        Assert.Equal("file", told.GetProperty("document_type").GetString());
        Assert.Equal(document.Id.ToString(), told.GetProperty("id").GetString());
        Assert.All(await host.Get<IWorkQueue>().CountAsync(CancellationToken.None), c => Assert.Equal("released-files", c.Queue));
    }

    [Fact]
    public async Task A_file_with_a_null_source_is_kept()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path, [FakeInProcessHydrater.Writing("h", "{}")]);
        var company = await host.CompanyAsync(Sample.Hydrater("h", HasFile));
        var document = await host.PutAsync(company, "a", file: "x", source: DocumentSource.KeepFile);
        Assert.NotNull((await host.UntilHydratedAsync(document, "h")).File);
    }

    [Fact]
    public async Task Rounds_follow_each_other_to_the_end()
    {
        await using var host = await HydrationHost.StartAsync(
            _directory.Path,
            [
                FakeInProcessHydrater.Writing("a", """{"metadata":{"a":1}}"""),
                FakeInProcessHydrater.Writing("b", """{"metadata":{"b":1}}"""),
                FakeInProcessHydrater.Writing("c", """{"metadata":{"c":1}}"""),
            ]);
        var company = await host.CompanyAsync(
            Sample.Hydrater("a", All, 5), Sample.Hydrater("b", All), Sample.Hydrater("c", """[{"metadata":{"b":{"$contains":1}}}]""", -1));
        var document = await host.PutAsync(company, "a", file: "x");
        var hydrated = await host.UntilHydratedAsync(document, "a", "b", "c");
        Assert.Equal("""{"a":1,"b":1,"c":1}""", hydrated.Metadata.ToString());
        Assert.Equal(3, hydrated.Hydration.Rounds);
        Assert.Null(hydrated.File);
    }

    [Fact]
    public async Task A_permanent_failure_is_noted_at_once_and_the_stack_goes_on()
    {
        var bad = new FakeInProcessHydrater("bad", (_, _) => Task.FromResult(HydraterOutcome.Failed("HydrationError: no", true)));
        await using var host = await HydrationHost.StartAsync(_directory.Path, [bad, FakeInProcessHydrater.Writing("good", "{}")]);
        var company = await host.CompanyAsync(Sample.Hydrater("bad", All, 1), Sample.Hydrater("good", All));
        var document = await host.PutAsync(company, "a");
        var hydrated = await host.UntilHydratedAsync(document, "good");
        Assert.Equal("HydrationError: no", hydrated.Hydration.Error);
        Assert.Equal(Sample.Url("bad"), hydrated.Hydration.ErroredBy);
        Assert.Single(bad.Tasks);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_after_each_delay_and_then_noted()
    {
        var bad = new FakeInProcessHydrater("bad", (_, _) => throw new IOException("broken"));
        await using var host = await HydrationHost.StartAsync(_directory.Path, [bad], o => o.RetrySeconds = [0, 1]);
        var company = await host.CompanyAsync(Sample.Hydrater("bad", All));
        var document = await host.PutAsync(company, "a");
        var failed = await host.UntilAsync(document, d => d.Hydration.Error is not null);
        Assert.Equal("IOException: broken", failed.Hydration.Error);
        Assert.Equal(3, failed.Hydration.Runs.Single().Attempts);
        Assert.Equal([1, 2, 3], bad.Tasks.Select(t => t.Attempt));
    }

    [Fact]
    public async Task A_hydrater_that_does_not_stop_is_given_up()
    {
        var never = new TaskCompletionSource<HydraterOutcome>();
        var stuck = new FakeInProcessHydrater("stuck", (_, _) => never.Task, concurrency: 1, timeoutSeconds: -9.5);
        await using var host = await HydrationHost.StartAsync(_directory.Path, [stuck]);
        var company = await host.CompanyAsync(Sample.Hydrater("stuck", All));
        var document = await host.PutAsync(company, "a");
        var failed = await host.UntilAsync(document, d => d.Hydration.Error is not null);
        Assert.Equal("Task took too long.", failed.Hydration.Error);
    }

    [Fact]
    public async Task A_change_set_that_cannot_be_read_is_the_hydraters_failure()
    {
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [FakeInProcessHydrater.Writing("h", """{"document_type":"unheard of"}""")]);
        var company = await host.CompanyAsync(Sample.Hydrater("h", All));
        var document = await host.PutAsync(company, "a");
        var failed = await host.UntilAsync(document, d => d.Hydration.Error is not null);
        Assert.Contains("document_type", failed.Hydration.Error, StringComparison.Ordinal);
        Assert.Equal(Sample.FileType.Id, failed.Type);
    }

    [Fact]
    public async Task A_hydrater_can_delete_the_document()
    {
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [new FakeInProcessHydrater("h", (_, _) => Task.FromResult(HydraterOutcome.Deleted))]);
        var company = await host.CompanyAsync(Sample.Hydrater("h", All));
        var document = await host.PutAsync(company, "a");
        await Eventually.TrueAsync(async () => await host.FindAsync(document) is null);
    }

    [Fact]
    public async Task A_change_by_a_client_while_a_hydrater_works_is_kept_and_judged()
    {
        var go = new TaskCompletionSource();
        var slow = new FakeInProcessHydrater("slow", async (_, stop) =>
        {
            await go.Task.WaitAsync(stop);
            return HydraterOutcome.Changed("{\"metadata\":{\"slow\":1}}"u8.ToArray());
        });
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [slow, FakeInProcessHydrater.Writing("extra", """{"metadata":{"extra":1}}""")]);
        var company = await host.CompanyAsync(
            Sample.Hydrater("slow", All), Sample.Hydrater("extra", """[{"metadata":{"k":"v"}}]"""));
        var document = await host.PutAsync(company, "a");
        await Eventually.TrueAsync(() => !slow.Tasks.IsEmpty);
        await host.ChangeAsync(document, d => d with { Metadata = JsonFields.FromText("""{"k":"v"}""") });
        await host.UntilAsync(document, d => d.Hydration.HydratedBy.Contains(Sample.Url("extra")));
        go.SetResult();
        var hydrated = await host.UntilHydratedAsync(document, "slow", "extra");
        Assert.Equal("""{"k":"v","extra":1,"slow":1}""", hydrated.Metadata.ToString());
        Assert.Single(slow.Tasks);
    }

    [Fact]
    public async Task A_new_file_supersedes_the_work_on_the_old_one()
    {
        var first = new TaskCompletionSource();
        var hydrater = new FakeInProcessHydrater("h", async (task, stop) =>
        {
            if (task.Document.Hydration.Generation == 0)
            {
                await first.Task.WaitAsync(stop);
            }

            return HydraterOutcome.Changed(Encoding.UTF8.GetBytes(
                $$$"""{"metadata":{"generation":{{{task.Document.Hydration.Generation}}}}}"""));
        });
        await using var host = await HydrationHost.StartAsync(_directory.Path, [hydrater]);
        var company = await host.CompanyAsync(Sample.Hydrater("h", HasFile));
        var document = await host.PutAsync(company, "a", file: "one");
        await Eventually.TrueAsync(() => !hydrater.Tasks.IsEmpty);
        var file = await host.WriteAsync(company, "two");
        await host.ChangeAsync(document, d => DocumentMerge.Apply(d, new DocumentChange { File = file }));
        await host.UntilAsync(document, d => d.Metadata.ToString() == """{"generation":1}""");
        first.SetResult();
        await Eventually.TrueAsync(async () =>
            (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
        Assert.Equal("""{"generation":1}""", (await host.FindAsync(document))!.Metadata.ToString());
    }

    [Fact]
    public async Task Hydrating_again_runs_all_or_the_named_ones()
    {
        var a = FakeInProcessHydrater.Writing("a", "{}");
        var b = FakeInProcessHydrater.Writing("b", "{}");
        var file = FakeInProcessHydrater.Writing("file", "{}");
        await using var host = await HydrationHost.StartAsync(_directory.Path, [a, b, file]);
        var company = await host.CompanyAsync(Sample.Hydrater("a", All), Sample.Hydrater("b", All), Sample.Hydrater("file", HasFile));
        var document = await host.PutAsync(company, "d", file: "x");
        await host.UntilHydratedAsync(document, "a", "b", "file");
        var key = DocumentKey.ById(company, document.Id);
        var hydration = host.Get<IHydration>();

        Assert.Equal(HydrateAgainResult.Started, await hydration.HydrateAgainAsync(key, [Sample.Url("a")], CancellationToken.None));
        await Eventually.TrueAsync(() => a.Tasks.Count == 2);
        await host.UntilHydratedAsync(document, "a", "b", "file");
        Assert.Equal(HydrateAgainResult.Started, await hydration.HydrateAgainAsync(key, null, CancellationToken.None));
        await Eventually.TrueAsync(() => a.Tasks.Count == 3 && b.Tasks.Count == 2);
        await host.UntilHydratedAsync(document, "a", "b", "file");
        Assert.Single(file.Tasks);

        Assert.Equal(
            HydrateAgainResult.FileMissing,
            await hydration.HydrateAgainAsync(key, [Sample.Url("file")], CancellationToken.None));
        Assert.Equal(
            HydrateAgainResult.UnknownHydrater, await hydration.HydrateAgainAsync(key, ["http://no/"], CancellationToken.None));
        Assert.Equal(
            HydrateAgainResult.UnknownDocument,
            await hydration.HydrateAgainAsync(
                DocumentKey.ById(company, new DocumentId(HydrationHost.NewId())), null, CancellationToken.None));
    }

    [Fact]
    public async Task A_stop_hands_the_job_back_untried()
    {
        var waits = new FakeInProcessHydrater("h", async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return HydraterOutcome.Nothing;
        });
        await using (var host = await HydrationHost.StartAsync(_directory.Path, [waits]))
        {
            var company = await host.CompanyAsync(Sample.Hydrater("h", All));
            await host.PutAsync(company, "a");
            await Eventually.TrueAsync(() => !waits.Tasks.IsEmpty);
        }

        var works = FakeInProcessHydrater.Writing("h", "{}");
        await using var next = await HydrationHost.StartAsync(_directory.Path, [works]);
        await Eventually.TrueAsync(() => !works.Tasks.IsEmpty);
        Assert.Equal(1, works.Tasks.Single().Attempt);
    }
}

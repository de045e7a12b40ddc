using System.Text.Json;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

public sealed class ExternalTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private FakeExternalHydrater _hydrater = null!;

    public async Task InitializeAsync() => _hydrater = await FakeExternalHydrater.StartAsync();

    public async Task DisposeAsync()
    {
        await _hydrater.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_call_an_answer_and_a_second_answer()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path);
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", """{"path":"p"}""", file: "content");
        var call = await CallAsync();

        var told = call.GetProperty("document");
        Assert.Equal("file", told.GetProperty("document_type").GetString());
        Assert.Equal("a", told.GetProperty("identifier").GetString());
        Assert.Equal("p", told.GetProperty("metadata").GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, told.GetProperty("user_access").ValueKind);
        Assert.Equal(0, call.GetProperty("priority").GetInt32());
        Assert.Equal((200, "content"), await _hydrater.DownloadAsync(call));

        Assert.Equal(204, await _hydrater.AnswerAsync(call, """{"metadata":{"text":"t","path":null},"document_type":"document"}"""));
        var hydrated = await host.UntilAsync(document, d => d.Hydration.HydratedBy.Contains(_hydrater.Url));
        await Eventually.TrueAsync(() => host.Get<IHydraterStates>().CountersOf(_hydrater.Url) is { Answered: 1, Errored: 0, AverageSeconds: >= 0 });
        Assert.Equal("""{"text":"t"}""", hydrated.Metadata.ToString());
        Assert.Null(hydrated.File);
        Assert.Equal(410, await _hydrater.AnswerAsync(call, "{}"));
        Assert.Equal(410, (await _hydrater.DownloadAsync(call)).Status);
        await Eventually.TrueAsync(async () =>
            (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
    }

    [Fact]
    public async Task An_answer_that_comes_before_its_deadline_is_noted_leaves_none()
    {
        var (isAnswered, isNoted) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await HydrationHost.StartAsync(
            _directory.Path,
            replace: services => services.Decorate<IWorkQueue>(inner => new FailingWorkQueue(inner, () => false)
            {
                BeforeAdding = jobs => jobs.Any(job => job.Key.Queue == "hydrate-deadline")
                    ? isAnswered.Task.WaitAsync(TimeSpan.FromSeconds(60))
                    : Task.CompletedTask,
                Completed = _ => isNoted.TrySetResult(),
            }));
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", file: "content");
        Assert.Equal(204, await _hydrater.AnswerAsync(await CallAsync(), "{}"));
        await host.UntilAsync(document, d => d.Hydration.HydratedBy.Contains(_hydrater.Url));
        isAnswered.SetResult();
        await isNoted.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () =>
            (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).All(c => c.Queue == "released-files"));
    }

    [Fact]
    public async Task A_failure_by_callback_is_noted_without_the_file_url()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path);
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", file: "content");
        var call = await CallAsync();
        var message = $"HydrationError: cannot read {call.GetProperty("file_path").GetString()}";
        Assert.Equal(204, await _hydrater.AnswerAsync(
            call, JsonSerializer.Serialize(new { hydration_errored = true, hydration_error = message })));
        var failed = await host.UntilAsync(document, d => d.Hydration.ErroredBy == _hydrater.Url);
        Assert.Equal("HydrationError: cannot read {file_path}", failed.Hydration.Error);
    }

    [Fact]
    public async Task Without_an_answer_the_deadline_ends_it_and_a_late_answer_is_gone()
    {
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [FakeInProcessHydrater.Writing("next", "{}")], o => o.CallbackSeconds = 600);
        var company = await host.CompanyAsync(Registered(), Sample.Hydrater("next", "[{}]"));
        var document = await host.PutAsync(company, "a", file: "content");
        var call = await CallAsync();
        await Eventually.TrueAsync(async () =>
            (await host.Get<IWorkQueue>().CountAsync(CancellationToken.None)).Select(c => c.Queue).SequenceEqual(["hydrate-deadline"]));
        Assert.True((await host.FindAsync(document))!.Hydration.IsHydrating);
        host.Time.Advance(TimeSpan.FromSeconds(601));
        var failed = await host.UntilAsync(document, d => !d.Hydration.IsHydrating && d.Hydration.Runs.Count == 2);
        Assert.Equal("timed out", failed.Hydration.Error);
        Assert.Equal([Sample.Url("next")], failed.Hydration.HydratedBy);
        Assert.Equal(410, await _hydrater.AnswerAsync(call, """{"metadata":{"late":1}}"""));
        Assert.Equal("{}", (await host.FindAsync(document))!.Metadata.ToString());
    }

    [Fact]
    public async Task A_deleted_document_makes_both_urls_answer_410()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path);
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", file: "content");
        var call = await CallAsync();
        await host.DeleteAsync(document);
        Assert.Equal(410, (await _hydrater.DownloadAsync(call)).Status);
        Assert.Equal(410, await _hydrater.AnswerAsync(call, "{}"));
    }

    [Fact]
    public async Task A_made_up_or_damaged_task_is_gone()
    {
        await using var host = await HydrationHost.StartAsync(_directory.Path);
        var company = await host.CompanyAsync(Registered());
        await host.PutAsync(company, "a", file: "content");
        var task = new Uri((await CallAsync()).GetProperty("callback").GetString()!).Segments[^1];
        var hydration = host.Get<IHydration>();
        Assert.NotNull(await hydration.FindTaskAsync(task, CancellationToken.None));
        foreach (var index in Enumerable.Range(0, task.Length))
        {
            var damaged = task[..index] + (task[index] == 'A' ? 'Q' : 'A') + task[(index + 1)..];
            Assert.Null(await hydration.FindTaskAsync(damaged, CancellationToken.None));
        }

        Assert.Null(await hydration.FindTaskAsync("", CancellationToken.None));
        Assert.Null(await hydration.FindTaskAsync(task + "A", CancellationToken.None));
        Assert.Null(await hydration.FindTaskAsync("é" + task[1..], CancellationToken.None));
    }

    [Fact]
    public async Task A_hydrater_that_does_not_say_202_is_unreachable_after_all_tries()
    {
        _hydrater.Status = 500;
        await using var host = await HydrationHost.StartAsync(_directory.Path, configure: o => o.CallRetrySeconds = [0, 0, 0, 0]);
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", file: "content");
        var failed = await host.UntilAsync(document, d => d.Hydration.Error is not null);
        Assert.Equal("unreachable", failed.Hydration.Error);
        Assert.Equal(5, _hydrater.Calls.Count);
    }

    [Fact]
    public async Task A_dead_hydrater_is_left_alone_until_its_circuit_closes()
    {
        _hydrater.Status = 500;
        await using var host = await HydrationHost.StartAsync(
            _directory.Path,
            configure: o =>
            {
                o.CallRetrySeconds = [0, 0, 0, 0];
                o.CircuitFailuresMax = 3;
                o.CallsMax = 1;
                o.CircuitOpenSeconds = 300;
            });
        var company = await host.CompanyAsync(Registered());
        var document = await host.PutAsync(company, "a", file: "content");
        await Eventually.TrueAsync(() => host.Get<CircuitBreakers>().OpenUntil(_hydrater.Url) is not null);
        Assert.Equal(3, _hydrater.Calls.Count);
        _hydrater.Status = 202;
        host.Time.Advance(TimeSpan.FromSeconds(301));
        await Eventually.TrueAsync(() => _hydrater.Calls.Count == 4);
        Assert.Equal(204, await _hydrater.AnswerAsync(_hydrater.Calls.Last(), "{}"));
        await host.UntilAsync(document, d => d.Hydration.HydratedBy.Any());
    }

    [Fact]
    public async Task Both_of_a_class_are_called_before_either_answers()
    {
        await using var other = await FakeExternalHydrater.StartAsync();
        await using var host = await HydrationHost.StartAsync(_directory.Path);
        var company = await host.CompanyAsync(
            Registered(), Sample.Hydrater("other", "[{}]", 1) with { Url = other.Url });
        var document = await host.PutAsync(company, "a", file: "content");
        await Eventually.TrueAsync(() => !_hydrater.Calls.IsEmpty && !other.Calls.IsEmpty);
        Assert.Equal(
            new[] { _hydrater.Url, other.Url }.Order(), (await host.FindAsync(document))!.Hydration.Hydrating.Order());
    }

    [Fact]
    public async Task Many_answers_at_once_all_count()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"h{i}").ToArray();
        await using var host = await HydrationHost.StartAsync(
            _directory.Path, [.. names.Select(n => FakeInProcessHydrater.Writing(n, $$$"""{"metadata":{"{{{n}}}":1}}"""))]);
        var company = await host.CompanyAsync([.. names.Select(n => Sample.Hydrater(n, "[{}]"))]);
        var document = await host.PutAsync(company, "a", file: "content");
        var hydrated = await host.UntilHydratedAsync(document, names);
        Assert.Equal(12, hydrated.Metadata.Element.GetPropertyCount());
        await host.UntilAsync(document, d => d.File is null);
    }

    private Hydrater Registered() => Sample.Hydrater("external", """[{"filePath":"/^./"}]""", 1) with { Url = _hydrater.Url };

    private async Task<JsonElement> CallAsync()
    {
        JsonElement call = default;
        await Eventually.TrueAsync(() => _hydrater.Calls.TryPeek(out call));
        return call;
    }
}

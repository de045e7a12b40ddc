using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>
/// What holds for every host (hydration.md §5 and conformance checks 2-6): run in process and over HTTP.
/// </summary>
public abstract class HydraterHostSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    private static JsonObject Note => TaskDocument.File("/note.txt");

    [Fact]
    public async Task Changes_are_sent_without_the_keys_that_nobody_wrote()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(context =>
        {
            context.Changes.DocumentType = "document";
            context.Changes.Metadata["text"] = "Hello";
            context.Changes.Metadata["old"] = null;
            return HydrationResult.Changed(context.Changes);
        }), Note, "x"u8.ToArray());
        Assert.Equal("""{"document_type":"document","metadata":{"text":"Hello","old":null}}""", sent!.ToJsonString());
    }

    [Fact]
    public async Task Empty_lists_and_objects_are_removed_and_dates_kept()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(context =>
        {
            _ = context.Changes.Related.Count;
            _ = context.Changes.Actions.Count;
            context.Changes.ModificationDate = DateTimeOffset.UnixEpoch;
            context.Changes.CreationDate = null;
            return HydrationResult.Changed(context.Changes);
        }), Note, "x"u8.ToArray());
        Assert.Equal("""{"creation_date":null,"modification_date":"1970-01-01T00:00:00.000Z"}""", sent!.ToJsonString());
    }

    [Fact]
    public async Task Nothing_new_is_an_empty_object()
    {
        Assert.Equal("{}", (await Rig.RunAsync(FakeHydrater.Of(_ => HydrationResult.Nothing), Note, [1]))!.ToJsonString());
        Assert.Equal(
            "{}", (await Rig.RunAsync(FakeHydrater.Of(c => HydrationResult.Changed(c.Changes)), Note, [1]))!.ToJsonString());
    }

    [Fact]
    public async Task Skipped_deleted_and_delegated_send_nothing()
    {
        foreach (var result in new[] { HydrationResult.Skipped, HydrationResult.Deleted, HydrationResult.Delegated })
        {
            Assert.Null(await Rig.RunAsync(FakeHydrater.Of(_ => result), Note, [1]));
        }
    }

    [Fact]
    public async Task A_file_that_is_gone_skips_the_task()
    {
        var called = false;
        var sent = await Rig.RunAsync(
            FakeHydrater.Of(_ => { called = true; return HydrationResult.Nothing; }), Note, null, isFileGone: true);
        Assert.Null(sent);
        Assert.False(called);
    }

    [Fact]
    public async Task A_permanent_error_is_sent_at_once()
    {
        var attempts = 0;
        var sent = await Rig.RunAsync(FakeHydrater.Of(_ =>
        {
            attempts++;
            throw new HydrationException("Not a song.");
        }), Note, [1]);
        Assert.Equal("""{"hydration_errored":true,"hydration_error":"HydrationError: Not a song."}""", sent!.ToJsonString());
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_failed_result_is_a_permanent_error()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(_ => HydrationResult.Failed("No.")), Note, [1]);
        Assert.Equal("HydrationError: No.", (string?)sent!["hydration_error"]);
    }

    [Fact]
    public async Task A_transient_error_is_tried_again_before_it_is_sent()
    {
        var attempts = 0;
        var sent = await Rig.RunAsync(FakeHydrater.Of(_ =>
        {
            attempts++;
            throw new InvalidOperationException("Busy.");
        }), Note, [1]);
        Assert.Equal("InvalidOperationException: Busy.", (string?)sent!["hydration_error"]);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_transient_error_that_passes_leaves_no_trace()
    {
        var attempts = 0;
        var sent = await Rig.RunAsync(
            FakeHydrater.Of(_ => attempts++ == 0 ? throw new IOException("Busy.") : HydrationResult.Nothing), Note, [1]);
        Assert.Equal("{}", sent!.ToJsonString());
    }

    [Fact]
    public async Task A_task_that_takes_too_long_is_stopped_and_says_so()
    {
        var wasStopped = new TaskCompletionSource();
        var hasBegun = false;
        var hydrater = new FakeHydrater(async (_, cancellationToken) =>
        {
            hasBegun = true;
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                wasStopped.TrySetResult();
            }

            return HydrationResult.Nothing;
        }, FakeHydrater.Plain with { TimeoutSeconds = 0.05 });

        // On a busy machine the time may be over before the hydrater is called at all: another try then.
        do
        {
            var sent = await Rig.RunAsync(hydrater, Note, [1]);
            Assert.Equal("""{"hydration_errored":true,"hydration_error":"Task took too long."}""", sent!.ToJsonString());
        }
        while (!hasBegun);
        await wasStopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_task_that_ignores_its_stop_signal_is_given_up()
    {
        using var release = new SemaphoreSlim(0);
        var hydrater = new FakeHydrater(async (_, _) =>
        {
            await release.WaitAsync(CancellationToken.None);
            return HydrationResult.Nothing;
        }, FakeHydrater.Plain with { TimeoutSeconds = 0.05 });
        var sent = await Rig.RunAsync(hydrater, Note, [1]);
        Assert.Equal("Task took too long.", (string?)sent!["hydration_error"]);
        release.Release();
    }

    [Fact]
    public async Task The_hydrater_sees_the_file_and_the_document()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(context =>
        {
            context.Changes.Metadata["length"] = context.RequireFile().Length;
            context.Changes.Metadata["type"] = context.RequireFile().Content.ContentType;
            context.Changes.Metadata["extension"] = context.Document.Extension;
            context.Changes.Metadata["kind"] = context.Document.DocumentType;
            return HydrationResult.Changed(context.Changes);
        }), Note, "hello"u8.ToArray());
        Assert.Equal(
            """{"metadata":{"length":5,"type":"text/plain","extension":"txt","kind":"file"}}""", sent!.ToJsonString());
    }

    [Fact]
    public async Task A_document_without_file_has_none()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(context => HydrationResult.Failed(context.File is null ? "none" : "some")),
            Note, null);
        Assert.Equal("HydrationError: none", (string?)sent!["hydration_error"]);
    }

    [Fact]
    public async Task Temp_files_are_gone_after_success_error_and_timeout()
    {
        var slow = FakeHydrater.Plain with { TimeoutSeconds = 0.05 };
        await Rig.RunAsync(new FakeHydrater((c, _) => Leave(c, HydrationResult.Nothing)), Note, [1]);
        await Rig.RunAsync(new FakeHydrater((c, _) => Leave(c, null)), Note, [1]);
        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
        await Rig.RunAsync(new FakeHydrater(async (c, stop) =>
        {
            await Leave(c, HydrationResult.Nothing);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return HydrationResult.Nothing;
        }, slow), Note, [1]);

        // One that writes on after its time is not waited for for long; what it wrote goes when it ends.
        await Eventually.TrueAsync(() => Directory.GetFileSystemEntries(Rig.TempRoot).Length == 0, what: "the files are gone");

        static async Task<HydrationResult> Leave(HydrationContext context, HydrationResult? result)
        {
            Directory.CreateDirectory(Path.Combine(context.Temp.Path, "sub"));
            await File.WriteAllTextAsync(Path.Combine(context.Temp.Path, "sub", "left.txt"), "x");
            return result ?? throw new HydrationException("Broken.");
        }
    }

    [Fact]
    public async Task Long_values_are_cut_and_long_messages_too()
    {
        var sent = await Rig.RunAsync(FakeHydrater.Of(context =>
        {
            context.Changes.Text = new string('é', 6_000_000);
            context.Changes.Html = "<p>" + new string('x', 10_000_100) + "</p>";
            context.Changes.Metadata["thumb"] = "data:image/png;base64," + new string('A', 2_000_001);
            return HydrationResult.Changed(context.Changes);
        }), Note, [1]);
        Assert.Equal(5_000_000, ((string)sent!["metadata"]!["text"]!).Length);
        Assert.Equal(10_000_000, ((string)sent["data"]!["html"]!).Length);
        Assert.Null(sent["metadata"]!["thumb"]);
        Assert.True((bool)sent["data"]!["truncated"]!);
        var error = await Rig.RunAsync(FakeHydrater.Of(_ => HydrationResult.Failed(new string('x', 5_000))), Note, [1]);
        Assert.Equal(2_000, ((string)error!["hydration_error"]!).Length);
    }

    [Fact]
    public async Task A_hydrater_can_delete_its_document()
    {
        var hydrater = new FakeHydrater(async (context, cancellationToken) =>
        {
            await context.DeleteDocumentAsync(cancellationToken);
            return HydrationResult.Deleted;
        });
        Assert.Null(await Rig.RunAsync(hydrater, Note, [1]));
        Assert.Equal(["rig/note.txt"], Rig.Deleted);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}

public sealed class InProcessHostTests : HydraterHostSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class HttpHostTests : HydraterHostSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}

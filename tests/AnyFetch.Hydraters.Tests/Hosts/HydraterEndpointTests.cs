using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>What only exists over HTTP (hydration.md §5 and conformance checks 1, 4-9).</summary>
public sealed class HydraterEndpointTests : IAsyncLifetime
{
    private readonly HttpRig _rig = new();
    private readonly SemaphoreSlim _gate = new(0);

    private static JsonObject Note => TaskDocument.File("/note.txt");

    [Fact]
    public async Task Without_a_callback_the_task_is_refused()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        using var body = new StringContent("""{"document":{}}""", Encoding.UTF8, "application/json");
        var response = await _rig.Client.PostAsync(_rig.HydraterUrl + "/hydrate", body);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("MissingParameter", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        using var body = new StringContent("{", Encoding.UTF8, "application/json");
        Assert.Equal(
            HttpStatusCode.BadRequest, (await _rig.Client.PostAsync(_rig.HydraterUrl + "/hydrate", body)).StatusCode);
    }

    [Fact]
    public async Task The_answer_comes_at_once_while_the_task_still_runs()
    {
        await _rig.StartAsync(Gated([]));
        var task = _rig.NewTask(null);
        var response = await _rig.PostAsync(task, Note);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(async () => (int)(await _rig.StatusAsync())["processing"]! == 1);
        Assert.Empty(_rig.Callbacks(task));
        _gate.Release();
        await _rig.IdleAsync();
        Assert.Single(_rig.Callbacks(task));
    }

    [Fact]
    public async Task The_status_counts_waiting_and_running_tasks()
    {
        await _rig.StartAsync(Gated([]));
        for (var i = 0; i < 3; i++)
        {
            await _rig.PostAsync(_rig.NewTask(null), Note);
        }

        await Eventually.TrueAsync(async () => (int)(await _rig.StatusAsync())["processing"]! == 1);
        Assert.Equal(
            """{"status":"ok","pending":2,"processing":1,"queued_items":2}""", (await _rig.StatusAsync()).ToJsonString());
        _gate.Release(3);
        await _rig.IdleAsync();
    }

    [Fact]
    public async Task Higher_priorities_overtake_waiting_tasks()
    {
        List<string> order = [];
        await _rig.StartAsync(Gated(order));
        await _rig.PostAsync(_rig.NewTask(null), TaskDocument.File("/first"));
        await Eventually.TrueAsync(async () => (int)(await _rig.StatusAsync())["processing"]! == 1);
        await _rig.PostAsync(_rig.NewTask(null), TaskDocument.File("/low"), priority: -1);
        await _rig.PostAsync(_rig.NewTask(null), TaskDocument.File("/normal"));
        await _rig.PostAsync(_rig.NewTask(null), TaskDocument.File("/high"), priority: 5);
        _gate.Release(4);
        await _rig.IdleAsync();
        Assert.Equal(["/first", "/high", "/normal", "/low"], order);
    }

    [Fact]
    public async Task A_file_that_cannot_be_downloaded_is_an_error_with_its_status()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var task = _rig.NewTask(Answer(404));
        await _rig.PostAsync(task, Note);
        await _rig.IdleAsync();
        Assert.Equal("Error downloading file, got status 404", (string?)_rig.Callbacks(task).Single()!["hydration_error"]);
    }

    [Fact]
    public async Task The_queue_goes_on_after_a_file_that_is_gone()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var gone = _rig.NewTask(Answer(410));
        var next = _rig.NewTask(Answer(200));
        await _rig.PostAsync(gone, Note);
        await _rig.PostAsync(next, Note);
        await _rig.IdleAsync();
        Assert.Empty(_rig.Callbacks(gone));
        Assert.Single(_rig.Callbacks(next));
    }

    [Theory]
    [InlineData("http://127.0.0.1:6379/x", "Port 6379 is not allowed.")]
    [InlineData("file:///etc/passwd", "Scheme file is not allowed.")]
    [InlineData("ftp://127.0.0.1/x", "Scheme ftp is not allowed.")]
    [InlineData("http://127.0.0.2:8123/x", "Private addresses are not allowed.")]
    [InlineData("http://[::1]:8123/x", "Private addresses are not allowed.")]
    [InlineData("http://10.1.2.3/x", "Private addresses are not allowed.")]
    [InlineData("http://169.254.169.254/latest", "Private addresses are not allowed.")]
    public async Task Addresses_that_are_nobodys_business_are_refused(string address, string reason)
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var task = _rig.NewTask(null);
        await _rig.PostAsync(task, Note, filePath: address);
        await _rig.IdleAsync();
        var error = (string)_rig.Callbacks(task).Single()!["hydration_error"]!;
        Assert.Equal($"Error downloading file: {reason}", error);
    }

    [Fact]
    public async Task A_redirect_to_a_refused_address_is_refused_too()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var task = _rig.NewTask(context =>
        {
            context.Response.Redirect("http://127.0.0.3:8123/x");
            return Task.CompletedTask;
        });
        await _rig.PostAsync(task, Note);
        await _rig.IdleAsync();
        Assert.Contains("Private", (string)_rig.Callbacks(task).Single()!["hydration_error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_end_after_the_third()
    {
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var requests = 0;
        var task = _rig.NewTask(context =>
        {
            requests++;
            context.Response.Redirect(context.Request.Path);
            return Task.CompletedTask;
        });
        await _rig.PostAsync(task, Note);
        await _rig.IdleAsync();
        Assert.Contains("redirects", (string)_rig.Callbacks(task).Single()!["hydration_error"]!, StringComparison.Ordinal);
        Assert.Equal(4, requests);
    }

    [Fact]
    public async Task The_files_address_never_appears_in_messages()
    {
        await _rig.StartAsync(FakeHydrater.Of(c => throw new HydrationException($"Cannot read {_rig.CoreUrl}/file/task1 at all")));
        var task = _rig.NewTask(Answer(200));
        await _rig.PostAsync(task, Note);
        await _rig.IdleAsync();
        Assert.Equal(
            "HydrationError: Cannot read {file_path} at all", (string?)_rig.Callbacks(task).Single()!["hydration_error"]);
    }

    [Fact]
    public async Task A_callback_is_tried_again_while_the_core_is_down()
    {
        var answers = new Queue<int>([503, 204]);
        _rig.CallbackStatus = () => answers.Dequeue();
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing));
        var task = _rig.NewTask(null);
        await _rig.PostAsync(task, Note);
        await _rig.IdleAsync();
        Assert.Single(_rig.Callbacks(task));
        Assert.Empty(answers);
    }

    [Fact]
    public async Task Metadata_beside_the_document_is_understood()
    {
        await _rig.StartAsync(FakeHydrater.Of(c => HydrationResult.Failed(c.Document.SourcePath)));
        var task = _rig.NewTask(null);
        using var body = new StringContent(
            $$$"""{"callback":"{{{_rig.CoreUrl}}}/callback/{{{task}}}","metadata":{"path":"/a.txt"}}""", Encoding.UTF8, "application/json");
        await _rig.Client.PostAsync(_rig.HydraterUrl + "/hydrate", body);
        await _rig.IdleAsync();
        Assert.Equal("HydrationError: /a.txt", (string?)_rig.Callbacks(task).Single()!["hydration_error"]);
    }

    [Fact]
    public async Task Stopping_finishes_what_was_accepted()
    {
        await _rig.StartAsync(Gated([]));
        var tasks = Enumerable.Range(0, 3).Select(_ => _rig.NewTask(Answer(200))).ToList();
        foreach (var task in tasks)
        {
            await _rig.PostAsync(task, Note);
        }

        var stop = _rig.StopHostAsync();
        _gate.Release(3);
        await stop;
        Assert.All(tasks, task => Assert.Single(_rig.Callbacks(task)));
        Assert.Empty(Directory.GetFileSystemEntries(_rig.TempRoot));
    }

    [Fact]
    public async Task Stopping_in_a_hurry_leaves_no_file()
    {
        await using var rig = new HttpRig(options => options.DrainSeconds = 0.05);
        await rig.StartAsync(Gated([]));
        var task = rig.NewTask(Answer(200));
        await rig.PostAsync(task, Note);
        await Eventually.TrueAsync(() => Directory.GetFileSystemEntries(rig.TempRoot).Length > 0);
        await rig.StopHostAsync();
        Assert.Empty(Directory.GetFileSystemEntries(rig.TempRoot));
        Assert.Empty(rig.Callbacks(task));
    }

    [Fact]
    public async Task A_hydrater_without_its_tool_says_so_and_takes_nothing()
    {
        var descriptor = FakeHydrater.Plain with { Unavailable = () => "Not installed: sesame." };
        await _rig.StartAsync(FakeHydrater.Of(_ => HydrationResult.Nothing, descriptor));
        var status = await _rig.StatusAsync();
        Assert.Equal("unavailable", (string?)status["status"]);
        Assert.Equal("Not installed: sesame.", (string?)status["reason"]);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await _rig.PostAsync(_rig.NewTask(null), Note)).StatusCode);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        _gate.Dispose();
    }

    private FakeHydrater Gated(List<string> order) => new(async (context, cancellationToken) =>
    {
        order.Add(context.Document.SourcePath);
        await _gate.WaitAsync(cancellationToken);
        return HydrationResult.Nothing;
    });

    private static Func<HttpContext, Task> Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.Tools;
using AnyFetch.HydrationWorker;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Isolation;

/// <summary>What a reader can do that was taken over by its file: nothing but fail.</summary>
public sealed class IsolationTests : IAsyncLifetime
{
    private readonly TempDirectory _temp = new();
    private readonly InProcessRig _rig = new();
    private readonly HydraterIsolation _isolation;

    public IsolationTests() => _isolation = new HydraterIsolation(Options);

    private IsolationOptions Options => IsolatedRig.Options with { TempFolder = _temp.Path, HeapBytesMax = 128 << 20, IdleSeconds = 3_600 };

    private IEnumerable<string> Folders => Directory.GetFileSystemEntries(_temp.Path);

    [Fact]
    public async Task A_stack_overflow_is_that_documents_error_and_nobody_elses()
    {
        Assert.Equal("HydrationError: The file cannot be read: it is nested too deeply.", await ErrorAsync("overflow"));
        Assert.Equal("nothing", await SaidAsync(""));
    }

    [Fact]
    public async Task Memory_beyond_the_limit_is_that_documents_error_and_nobody_elses()
    {
        Assert.Equal("HydrationError: The file cannot be read: it needs more memory than is allowed.", await ErrorAsync("memory"));
        Assert.Equal("nothing", await SaidAsync(""));
    }

    [Fact]
    public async Task A_worker_that_ends_in_the_middle_is_that_documents_error()
    {
        Assert.Equal("HydrationError: The file cannot be read: its reader ended with code 3.", await ErrorAsync("exit"));
        Assert.Equal("nothing", await SaidAsync(""));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended_at_the_time_limit_and_leaves_nothing()
    {
        var hydrater = _isolation.Isolate(new HostileHydrater
        {
            Descriptor = new HostileHydrater().Descriptor with { TimeoutSeconds = 1.5 },
        });
        var sent = await _rig.RunAsync(hydrater, Document("spin", ""), [1]);
        Assert.Equal("Task took too long.", (string?)sent!["hydration_error"]);
        await Eventually.TrueAsync(() => !Folders.Any() && Workers().Count == 0);
    }

    [Theory]
    [InlineData("%PDF-1.4 x", "in the host")]
    [InlineData("PK\u0003\u0004 zip", "nothing")]
    [InlineData("text", "nothing")]
    public async Task A_file_that_a_tool_alone_reads_needs_no_worker(string content, string said)
    {
        var descriptor = new HostileHydrater().Descriptor with { ToolContentTypes = ["application/pdf"] };
        var hydrater = _isolation.Isolate(FakeHydrater.Of(
            context =>
            {
                context.Changes.Metadata["said"] = "in the host";
                return HydrationResult.Changed(context.Changes);
            },
            descriptor));
        var sent = await _rig.RunAsync(hydrater, Document("", ""), Encoding.UTF8.GetBytes(content));
        Assert.Equal(said, (string?)sent!["metadata"]!["said"]);
    }

    [Fact]
    public async Task A_worker_that_was_made_to_yield_gets_no_further_task()
    {
        var hydrater = _isolation.Isolate(new HostileHydrater
        {
            Descriptor = new HostileHydrater().Descriptor with { TimeoutSeconds = 120 },
        });
        var sent = await _rig.RunAsync(hydrater, Document("toil", ""), [1]);
        Assert.Equal("yielded", (string?)sent!["metadata"]!["said"]);
        await Eventually.TrueAsync(() => Workers().Count == 0);
        Assert.Equal("nothing", await SaidAsync(""));
    }

    [Fact]
    public async Task A_task_whose_worker_is_killed_runs_again_on_a_fresh_one()
    {
        if (!ToolSandbox.Instance.HasPrivateView)
        {
            return;
        }

        var hydrater = _isolation.Isolate(new HostileHydrater
        {
            Descriptor = new HostileHydrater().Descriptor with { TimeoutSeconds = 120 },
        });
        var running = _rig.RunAsync(hydrater, Document("spin", ""), [1]);
        var first = await KillWorkerAsync(0);
        await KillWorkerAsync(first);
        Assert.Equal(
            "HydrationError: The file cannot be read: its reader ended with code 137.",
            (string?)(await running)!["hydration_error"]);
        Assert.Equal("nothing", await SaidAsync(""));
    }

    [Fact]
    public async Task There_is_no_network()
    {
        if (!ToolSandbox.Instance.HasNoNetwork)
        {
            return;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.Equal("refused", await SaidAsync("connect", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(null, null)));
    }

    [Fact]
    public async Task Neither_files_nor_processes_of_the_machine_are_seen()
    {
        if (!ToolSandbox.Instance.HasPrivateView)
        {
            return;
        }

        var secret = _temp.File("secret");
        await File.WriteAllTextAsync(secret, "x");
        foreach (var path in new[] { secret, "/etc/passwd", "/root", "/home" })
        {
            Assert.Equal("not there", await SaidAsync("look", path));
        }

        Assert.Equal("refused", await SaidAsync("write", "/usr/x"));
        Assert.Equal("refused", await SaidAsync("write", Path.Combine(AppContext.BaseDirectory, "x")));
        Assert.Equal("few", await SaidAsync("processes"));
        File.Delete(secret);
    }

    [Fact]
    public async Task The_documents_file_stays_as_it_is()
    {
        var path = _temp.File("original");
        await File.WriteAllTextAsync(path, "original");
        using var json = System.Text.Json.JsonDocument.Parse(Document("spoil", "").ToJsonString());
        await new AnyFetch.Hydrater.Hosting.InProcessHydrater(_isolation.Isolate(new HostileHydrater())).RunAsync(
            new AnyFetch.Hydrater.Hosting.HydrationTask { Document = new HydrationDocument(json.RootElement), FilePath = path },
            CancellationToken.None);
        Assert.Equal("original", await File.ReadAllTextAsync(path));
        File.Delete(path);
    }

    [Fact]
    public async Task What_a_task_leaves_is_gone_before_the_next()
    {
        var folder = await SaidAsync("litter");
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Assert.Equal("printed", await SaidAsync("print"));
        Assert.Equal([folder], Folders);
    }

    [Fact]
    public async Task The_token_stays_with_the_host()
    {
        Assert.DoesNotContain("secret-token", await SaidAsync("document"), StringComparison.Ordinal);
        Assert.Contains("rig/hostile", await SaidAsync("document"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_are_made_by_the_host_in_the_order_of_their_calls()
    {
        var core = await _rig.CoreAsync();
        var sent = await RunAsync("child", "");
        Assert.Equal("rig/hostile/b.txt rig/hostile/a.txt rig/hostile/a.txt (2)", (string?)sent!["metadata"]!["said"]);
        Assert.Equal(
            """["rig/hostile/b.txt","rig/hostile/a.txt","rig/hostile/a.txt (2)"]""", sent["data"]!["children"]!.ToJsonString());
        Assert.Equal("hello from inside"u8.ToArray(), core.Find("rig/hostile/a.txt (2)")!.File);
    }

    [Fact]
    public async Task A_link_is_not_taken_for_a_childs_file()
    {
        await _rig.CoreAsync();
        Assert.Contains("cannot be opened", await ErrorAsync("link", "/etc/hostname"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_children_of_the_document_can_be_deleted()
    {
        await _rig.CoreAsync();
        Assert.Contains("does not begin with the parent's", await ErrorAsync("delete", "rig/somebody-else"), StringComparison.Ordinal);
        Assert.Equal("deleted", await SaidAsync("delete", "rig/hostile/x"));
    }

    [ToolFact("cat")]
    public async Task Programs_are_run_by_the_host_by_name_only()
    {
        Assert.Equal("Exited x", await SaidAsync("tool", "cat"));
        Assert.Contains("named", await ErrorAsync("tool", "/bin/cat"), StringComparison.Ordinal);
        Assert.StartsWith("NotFound", await SaidAsync("tool", "no-such-program"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_failure_keeps_its_name() =>
        Assert.Equal("IOException: Not now.", await ErrorAsync("transient"));

    [Fact]
    public async Task A_worker_without_work_ends()
    {
        await using var isolation = new HydraterIsolation(Options with { IdleSeconds = 8 });
        var sent = await _rig.RunAsync(isolation.Isolate(new HostileHydrater()), Document("", ""), [1]);
        Assert.Equal("nothing", (string?)sent!["metadata"]!["said"]);
        Assert.Single(Workers());
        await Eventually.TrueAsync(() => Workers().Count == 0 && !Folders.Any());
    }

    [Fact]
    public async Task A_program_that_is_no_worker_makes_the_hydrater_unavailable()
    {
        await using var isolation = new HydraterIsolation(Options with { Program = "/usr/bin/true" });
        var hydrater = isolation.Isolate(new HostileHydrater());
        Assert.Null(hydrater.Descriptor.Unavailable());
        var sent = await _rig.RunAsync(hydrater, Document("", ""), [1]);
        Assert.StartsWith("A hydration worker did not start", hydrater.Descriptor.Unavailable(), StringComparison.Ordinal);
        Assert.Contains("did not start", (string?)sent!["hydration_error"], StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _isolation.DisposeAsync();
        Assert.Empty(Folders);
        Assert.Empty(Workers());
        await _rig.DisposeAsync();
        _temp.Dispose();
    }

    /// <summary>The walls of this test's workers: they name its folder.</summary>
    private List<int> Workers() =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!, null))
            .Where(id => IsWorker(id))];

    private bool IsWorker(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/cmdline");
            var parent = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ')[2];
            return line.Contains(_temp.Path, StringComparison.Ordinal) && parent == Environment.ProcessId.ToString(null, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Kills the worker that came after another one, once it has its task, which is when the file is there.</summary>
    private async Task<int> KillWorkerAsync(int after)
    {
        await Eventually.TrueAsync(() => Workers() is [var one] && one != after
            && Folders.Any(folder => Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0));
        var worker = Workers().Single();
        System.Diagnostics.Process.GetProcessById(worker).Kill();
        return worker;
    }

    private static JsonObject Document(string mode, string argument)
    {
        var document = TaskDocument.File("/hostile");
        document["metadata"]!["mode"] = mode;
        document["metadata"]!["argument"] = argument;
        return document;
    }

    private Task<JsonNode?> RunAsync(string mode, string argument) =>
        _rig.RunAsync(_isolation.Isolate(new HostileHydrater()), Document(mode, argument), "x"u8.ToArray());

    private async Task<string> SaidAsync(string mode, string argument = "") =>
        (string)(await RunAsync(mode, argument))!["metadata"]!["said"]!;

    private async Task<string> ErrorAsync(string mode, string argument = "") =>
        (string)(await RunAsync(mode, argument))!["hydration_error"]!;
}

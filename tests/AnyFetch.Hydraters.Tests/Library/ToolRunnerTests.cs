using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>Native tools: limits, isolation, nothing left behind (hydration.md §9 and §10).</summary>
public sealed class ToolRunnerTests
{
    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        var result = await RunAsync(new ToolCommand("printf", ["%s", "$(id) `id` ; > x & 'quote' \"q\""]));
        Assert.True(result.Succeeded, result.Error);
        Assert.Equal("$(id) `id` ; > x & 'quote' \"q\"", result.OutputText);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_a_result()
    {
        var result = await RunAsync(new ToolCommand("no-such-program", []));
        Assert.Equal(ToolEnd.NotFound, result.End);
    }

    [Fact]
    public async Task The_exit_code_and_the_messages_are_told()
    {
        var result = await RunAsync(Shell("echo out; echo wrong >&2; exit 7"));
        Assert.Equal((ToolEnd.Exited, 7, "out\n", "wrong\n"), (result.End, result.ExitCode, result.OutputText, result.Error));
    }

    [Fact]
    public async Task A_slow_program_is_killed_with_all_its_children()
    {
        var marker = $"97{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";
        var result = await RunAsync(Shell($"sleep {marker} & setsid sleep {marker} & sleep {marker}", l => l with { WallSeconds = 0.3 }));
        Assert.Equal(ToolEnd.TimedOut, result.End);
        await Eventually.TrueAsync(() => !AnyProcessHas(marker), what: "all children are gone");
    }

    [Fact]
    public async Task A_program_that_ends_before_its_children_leaves_none_either()
    {
        var marker = $"96{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";
        await RunAsync(Shell(
            $"setsid sh -c ': > up; exec sleep {marker}' >/dev/null 2>&1 </dev/null & until [ -e up ]; do :; done; exit 0"));
        await Eventually.TrueAsync(() => !AnyProcessHas(marker), what: "the child is gone");
    }

    [Fact]
    public async Task Endless_output_is_cut_and_ends_the_program()
    {
        var result = await RunAsync(new ToolCommand("yes", []) { Limits = new ToolLimits { OutputBytesMax = 1000 } });
        Assert.Equal(ToolEnd.OutputFull, result.End);
        Assert.Equal(1000, result.Output.Length);
    }

    [Fact]
    public async Task Endless_messages_are_cut_but_read()
    {
        var result = await RunAsync(Shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo done"));
        Assert.Equal("done\n", result.OutputText);
        Assert.Equal(4_000, result.Error.Length);
    }

    [Fact]
    public async Task Memory_and_file_sizes_are_limited()
    {
        var memory = await RunAsync(Shell("head -c 400000000 /dev/zero | tail", l => l with { MemoryBytesMax = 100 << 20 }));
        Assert.Contains("memory", memory.Error, StringComparison.OrdinalIgnoreCase);
        var file = await RunAsync(Shell("head -c 2000000 /dev/zero > big; wc -c < big", l => l with { FileBytesMax = 1_000_000 }));
        Assert.Equal("1000000", file.OutputText.Trim());
    }

    [Fact]
    public async Task Processor_time_is_limited()
    {
        var result = await RunAsync(Shell("while :; do :; done", l => l with { CpuSeconds = 1 }));
        Assert.Equal(ToolEnd.Exited, result.End);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task The_program_sees_a_private_home_and_none_of_the_servers_environment()
    {
        Environment.SetEnvironmentVariable("ANYFETCH_TEST_SECRET", "secret");
        var result = await RunAsync(Shell("env; pwd; stat -c %a \"$HOME\""));
        Assert.DoesNotContain("secret", result.OutputText, StringComparison.Ordinal);
        var lines = result.OutputText.Trim().Split('\n');
        Assert.Equal("700", lines[^1]);
        Assert.Contains($"HOME={lines[^2]}", lines);
        Assert.False(Directory.Exists(lines[^2]), "The folder is gone when the task ended.");
    }

    [Fact]
    public async Task The_program_has_no_network_where_the_system_allows_that()
    {
        var result = await RunAsync(new ToolCommand("cat", ["/proc/self/net/dev"]));
        if (await CanUnshareAsync())
        {
            Assert.DoesNotContain("eth", result.OutputText, StringComparison.Ordinal);
            Assert.Equal(3, result.OutputText.Trim().Split('\n').Length);
        }
    }

    [ToolFact("bwrap")]
    public async Task The_program_sees_its_folder_and_the_system_and_nothing_else()
    {
        using var secret = new TempDirectory();
        File.WriteAllText(secret.File("secret"), "secret");
        var result = await RunAsync(Shell(
            $"cat {secret.File("secret")}; cat /etc/passwd; ls /root /home /var/lib; touch /usr/x /x; touch here && echo written; ls /tmp"));
        if (!await CanWallAsync())
        {
            return;
        }

        Assert.StartsWith("written\n", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("here", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\n", result.OutputText, StringComparison.Ordinal);
        Assert.False(File.Exists("/usr/x"));
    }

    [Fact]
    public async Task A_tool_dies_with_the_server()
    {
        using var folder = new TempFolder(Path.GetTempPath());
        var starter = new ProcessStarter("a server's tools");
        var line = ToolSandbox.Instance.Wrap("/bin/sleep", new ToolCommand("sleep", ["1000"]), folder.Path, null);
        using var process = await starter.StartAsync(new ProcessStartInfo(line[0], line.Skip(1)));
        var family = new List<int>();
        await Eventually.TrueAsync(
            () => (family = ProcessFamily.Of(process.Id)).Any(member => NameOf(member) == "sleep"), what: "the tool runs within its wall");

        // To the kernel, the thread that started them is their parent, and it ends as it does with its process.
        starter.Dispose();
        await Eventually.TrueAsync(() => !family.Any(member => NameOf(member) == "sleep"), what: "the tool is dead");
    }

    [Fact]
    public void Temp_folders_of_a_killed_process_are_removed_and_those_of_a_living_one_are_not()
    {
        using var root = new TempDirectory();
        using var living = new TempFolder(root.Path);
        var old = Directory.CreateDirectory(root.File("anyfetch-task-old")).FullName;
        Directory.CreateDirectory(root.File("something-else"));
        File.WriteAllText(Path.Combine(old, "x"), "x");
        var name = Path.GetFileName(living.Path);
        _ = new InProcessHydrater(
            FakeHydrater.Of(_ => HydrationResult.Nothing), new HydrationRunOptions { TempFolder = root.Path });
        Assert.Equal(
            [name, "something-else"],
            Directory.GetDirectories(root.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Cancellation_kills_the_program()
    {
        var marker = $"95{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";
        var hydrater = new FakeHydrater(async (context, stop) =>
        {
            await context.Tools.RunAsync(new ToolCommand("sleep", [marker]), stop);
            return HydrationResult.Nothing;
        });
        using var cancellation = new CancellationTokenSource();
        var run = HydraterTestKit.RunAsync(hydrater, null, new JsonObject(), cancellation.Token);
        await Eventually.TrueAsync(() => AnyProcessHas(marker));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Eventually.TrueAsync(() => !AnyProcessHas(marker), what: "the program is gone");
    }

    private static async Task<bool> CanUnshareAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--net", "true"]) { RedirectStandardError = true });
        await process!.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static async Task<bool> CanWallAsync()
    {
        using var process = Process.Start(
            new ProcessStartInfo("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "true"]) { RedirectStandardError = true });
        await process!.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static ToolCommand Shell(string script, Func<ToolLimits, ToolLimits>? limits = null) =>
        new("sh", ["-c", script]) { Limits = limits?.Invoke(new ToolLimits()) ?? new ToolLimits() };

    private static async Task<ToolResult> RunAsync(ToolCommand command)
    {
        ToolResult? result = null;
        var outcome = await HydraterTestKit.RunAsync(
            new FakeHydrater(async (context, stop) =>
            {
                result = await context.Tools.RunAsync(command, stop);
                return HydrationResult.Nothing;
            }),
            null, new JsonObject(), CancellationToken.None);
        Assert.Null(outcome.Error);
        return result!;
    }

    private static bool AnyProcessHas(string argument)
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            try
            {
                if (File.ReadAllText(folder + "/cmdline").Contains(argument, StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return false;
    }

    private static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}

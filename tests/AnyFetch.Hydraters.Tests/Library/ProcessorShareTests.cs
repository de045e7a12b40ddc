using System.Diagnostics;
using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>What programs get of the processor while others want it (docs/security.md).</summary>
public sealed class ProcessorShareTests
{
    private const string OwnGroup = "/proc/self/autogroup";
    private const string IdlePolicy = "5";

    /// <summary>Whether the kernel groups processes by session, and a wall gives each program one.</summary>
    private static bool HasGroups => File.Exists(OwnGroup) && ToolSandbox.Instance.HasPrivateView;

    [Fact]
    public async Task A_program_that_uses_the_processor_for_long_yields_it() =>
        Assert.Equal("0\n15\n", await RunAsync("nice; until [ $(nice) = 15 ]; do :; done; nice"));

    [Fact]
    public async Task A_program_that_nobody_waits_for_yields_it_with_its_session_before_it_has_used_any()
    {
        if (HasGroups)
        {
            await RunAsync("until grep -q 'nice 10$' /proc/self/autogroup; do sleep 0.05; done", isBackground: true);
        }
    }

    [Fact]
    public async Task Its_session_yields_as_well_and_the_servers_does_not()
    {
        if (HasGroups)
        {
            var before = await File.ReadAllTextAsync(OwnGroup);
            await RunAsync("until grep -q 'nice 15$' /proc/self/autogroup; do :; done");
            Assert.Equal(before, await File.ReadAllTextAsync(OwnGroup));
        }
    }

    [Fact]
    public async Task What_it_starts_in_a_session_of_its_own_yields_as_well()
    {
        if (HasGroups)
        {
            await RunAsync("setsid -w sh -c 'until grep -q \"nice 15$\" /proc/self/autogroup; do :; done'");
        }
    }

    [Theory]
    [InlineData(0.9, null, null)]
    [InlineData(1, null, "slow")]
    [InlineData(7.9, null, "slow")]
    [InlineData(8, null, "idle")]
    [InlineData(0, 0.0, "background")]
    [InlineData(2.9, 3.0, null)]
    [InlineData(3, 3.0, "background")]
    [InlineData(8, 0.0, "background")]
    [InlineData(15, 3.0, "slow")]
    [InlineData(30, 0.0, "idle")]
    public void The_more_it_has_had_the_less_it_gets(double seconds, double? promised, string? share)
    {
        var expected = share switch
        {
            "background" => ProcessorShare.Background,
            "slow" => ProcessorShare.Slow,
            "idle" => ProcessorShare.Idle,
            _ => null,
        };
        Assert.Same(expected, SlowTool.ShareAfter(seconds, promised));
    }

    [Fact]
    public async Task What_nobody_else_wants_is_a_share_of_its_own()
    {
        using var process = Process.Start("sleep", ["60"]);
        try
        {
            ProcessorShare.Idle.GiveTo(process.Id);
            var fields = (await File.ReadAllTextAsync($"/proc/{process.Id}/stat")).Split(')')[^1].Split(' ');
            Assert.Equal(("19", IdlePolicy), (fields[17], fields[39]));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Time_in_children_that_have_ended_counts()
    {
        const string Busy = "sh -c 'ulimit -t 1; while :; do :; done'; echo; sleep 60";
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", Busy]) { RedirectStandardOutput = true })!;
        try
        {
            await process.StandardOutput.ReadLineAsync();
            Assert.True(ProcessFamily.SecondsOf(process.Id) > 0.2);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs a script that ends when it sees what it waits for.</summary>
    private static async Task<string> RunAsync(string script, bool isBackground = false)
    {
        const double Patience = 120;
        ToolResult? result = null;
        var hydrater = new FakeHydrater(
            async (context, stop) =>
            {
                var limits = ToolLimits.Within(Patience, 1L << 30);
                result = await context.Tools.RunAsync(new ToolCommand("sh", ["-c", script]) { Limits = limits, IsBackground = isBackground }, stop);
                return HydrationResult.Nothing;
            },
            FakeHydrater.Plain with { TimeoutSeconds = Patience });
        using var json = JsonDocument.Parse("{}");
        await new InProcessHydrater(hydrater).RunAsync(
            new HydrationTask { Document = new HydrationDocument(json.RootElement) }, CancellationToken.None);
        Assert.True(result!.Succeeded, result.Error);
        return result.OutputText;
    }
}

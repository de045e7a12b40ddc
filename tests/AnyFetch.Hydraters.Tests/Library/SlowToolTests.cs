using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>What programs get of the processor while others want it (docs/security.md).</summary>
public sealed class SlowToolTests
{
    private const string OwnGroup = "/proc/self/autogroup";

    /// <summary>Beyond the longest that a machine with much to do may keep a test waiting.</summary>
    private const double Patience = 120;

    /// <summary>Whether the kernel groups processes by session, and a wall gives each program one.</summary>
    private static bool HasGroups => File.Exists(OwnGroup) && ToolSandbox.Instance.HasPrivateView;

    [Fact]
    public async Task A_program_that_uses_the_processor_for_long_yields_it()
    {
        // Whoever runs the tests may yield it already.
        using var own = Process.Start(new ProcessStartInfo("nice") { RedirectStandardOutput = true })!;
        var before = await own.StandardOutput.ReadToEndAsync();
        Assert.Equal(before + "10\n", await RunAsync("nice; until [ $(nice) = 10 ]; do :; done; nice"));
    }

    [Fact]
    public async Task A_program_that_nobody_waits_for_yields_it_with_its_session_before_it_has_used_any()
    {
        if (HasGroups)
        {
            await RunAsync("until grep -q 'nice 10$' /proc/self/autogroup; do sleep 0.05; done", isBackground: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_program_was_promised_it_has_like_everything_else(bool isBackground)
    {
        if (HasGroups)
        {
            const string HalfASecond = "until read -r line < /proc/$$/stat; set -- $line; [ $((${14} + ${15})) -ge 50 ]; do :; done";
            var group = await RunAsync($"{HalfASecond}; cat /proc/self/autogroup", isBackground, promised: Patience);
            Assert.EndsWith(" nice 0\n", group, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Its_session_yields_as_well_and_the_servers_does_not()
    {
        if (HasGroups)
        {
            var before = await File.ReadAllTextAsync(OwnGroup);
            await RunAsync("until grep -q 'nice 10$' /proc/self/autogroup; do :; done");
            Assert.Equal(before, await File.ReadAllTextAsync(OwnGroup));
        }
    }

    [Fact]
    public async Task What_it_starts_in_a_session_of_its_own_yields_as_well()
    {
        if (HasGroups)
        {
            await RunAsync("setsid -w sh -c 'until grep -q \"nice 10$\" /proc/self/autogroup; do :; done'");
        }
    }

    [Fact]
    public async Task It_stands_still_while_others_want_the_processors_and_goes_on_when_they_do_not()
    {
        var program = new EndlessProgram();
        using (new BusyProcessors())
        {
            await program.StandsStillAsync();
        }

        await program.GoesOnAsync();
        await program.EndAsync();
    }

    [Fact]
    public async Task It_has_turns_while_others_want_the_processors()
    {
        var program = new EndlessProgram();
        using var busy = new BusyProcessors();
        await program.StandsStillAsync();
        await program.GoesOnAsync();
        await program.StandsStillAsync();
        await program.EndAsync();
    }

    [Fact]
    public async Task Time_in_which_it_stands_still_is_not_its_own()
    {
        var time = new ManualTimeProvider();
        var program = new EndlessProgram(time);
        using var busy = new BusyProcessors();
        await program.StandsStillAsync();
        time.Advance(TimeSpan.FromSeconds(10 * Patience));
        await program.EndAsync();
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
    private static async Task<string> RunAsync(
        string script, bool isBackground = false, double promised = 0, TimeProvider? time = null)
    {
        ToolResult? result = null;
        var hydrater = new FakeHydrater(
            async (context, stop) =>
            {
                var limits = ToolLimits.Within(Patience, 1L << 30);
                var command = new ToolCommand("sh", ["-c", script]) { Limits = limits, IsBackground = isBackground, PromisedSeconds = promised };
                result = await context.Tools.RunAsync(command, stop);
                return HydrationResult.Nothing;
            },
            FakeHydrater.Plain with { TimeoutSeconds = Patience });
        using var json = JsonDocument.Parse("{}");
        await new InProcessHydrater(hydrater, time: time).RunAsync(
            new HydrationTask { Document = new HydrationDocument(json.RootElement) }, CancellationToken.None);
        Assert.True(result!.Succeeded, result.Error);
        return result.OutputText;
    }

    /// <summary>Uses a processor until it is told to end, by a signal, which it gets when it goes on.</summary>
    private sealed class EndlessProgram
    {
        private readonly string _marker = string.Create(
            CultureInfo.InvariantCulture, $"program{Environment.ProcessId}x{Random.Shared.Next(int.MaxValue)}");

        private readonly Task<string> _run;

        internal EndlessProgram(TimeProvider? time = null) =>
            _run = RunAsync($": {_marker}; trap 'echo ended; exit 0' USR1; while :; do :; done", time: time);

        internal Task StandsStillAsync() => UntilAsync(states => states.Count > 0 && states.All(state => state == 'T'), "it stands still");

        internal Task GoesOnAsync() => UntilAsync(states => states.Any(state => state != 'T'), "it goes on");

        internal async Task EndAsync()
        {
            foreach (var process in Shells())
            {
                using var kill = Process.Start("kill", ["-USR1", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync();
            }

            Assert.Equal("ended\n", await _run);
        }

        private async Task UntilAsync(Func<List<char>, bool> condition, string what)
        {
            await Eventually.TrueAsync(
                () => _run.IsCompleted || condition([.. Shells().Select(shell => shell.State)]), TimeSpan.FromSeconds(Patience), what);
            Assert.False(_run.IsCompleted);
        }

        /// <summary>The program itself: its wall has the same words in its command line.</summary>
        private IEnumerable<(int Id, char State)> Shells()
        {
            foreach (var folder in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(folder["/proc/".Length])))
            {
                string line, stat;
                try
                {
                    (line, stat) = (File.ReadAllText(folder + "/cmdline"), File.ReadAllText(folder + "/stat"));
                }
                catch (IOException)
                {
                    // It ended while we looked.
                    continue;
                }

                if (line.Contains(_marker, StringComparison.Ordinal) && stat.Contains("(sh) ", StringComparison.Ordinal))
                {
                    yield return (int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), stat[stat.LastIndexOf(')') + 2]);
                }
            }
        }
    }

    /// <summary>Programs that want all processors.</summary>
    private sealed class BusyProcessors : IDisposable
    {
        private readonly List<Process> _programs =
            [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))];

        public void Dispose()
        {
            foreach (var program in _programs)
            {
                program.Kill();
                program.Dispose();
            }
        }
    }
}

using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Hydraters in the background, beside those that make documents findable.</summary>
public sealed class BackgroundTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly ForegroundWork _foreground = new(TimeProvider.System);

    [Fact]
    public async Task Drawing_waits_until_nothing_is_read()
    {
        using var reading = Slots(isBackground: false, s_long);
        using var drawing = Slots(isBackground: true, s_long);
        await reading.EnterAsync(CancellationToken.None);
        await reading.EnterAsync(CancellationToken.None);

        var waiting = drawing.EnterAsync(CancellationToken.None);
        reading.Leave();
        Assert.False(waiting.IsCompleted);

        reading.Leave();
        await waiting.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Drawing_does_not_wait_for_ever()
    {
        using var reading = Slots(isBackground: false, s_long);
        using var drawing = Slots(isBackground: true, TimeSpan.FromMilliseconds(50));
        await reading.EnterAsync(CancellationToken.None);

        await drawing.EnterAsync(CancellationToken.None).WaitAsync(s_patience);
    }

    [Fact]
    public async Task Drawing_does_not_wait_for_other_drawings()
    {
        using var drawing = Slots(isBackground: true, s_long);
        await drawing.EnterAsync(CancellationToken.None).WaitAsync(s_patience);

        await drawing.EnterAsync(CancellationToken.None).WaitAsync(s_patience);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_nothing_behind()
    {
        using var reading = Slots(isBackground: false, s_long);
        using var drawing = Slots(isBackground: true, s_long);
        using var stop = new CancellationTokenSource();
        await reading.EnterAsync(CancellationToken.None);
        await reading.EnterAsync(CancellationToken.None);
        Task[] waiting = [reading.EnterAsync(stop.Token), drawing.EnterAsync(stop.Token), drawing.EnterAsync(stop.Token)];

        await stop.CancelAsync();
        foreach (var waits in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.WaitAsync(s_patience));
        }

        reading.Leave();
        reading.Leave();
        await drawing.EnterAsync(CancellationToken.None).WaitAsync(s_patience);
        await drawing.EnterAsync(CancellationToken.None).WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_document_is_read_and_drawn()
    {
        using var directory = new TempDirectory();
        var drawing = new FakeInProcessHydrater("drawing", (_, _) => Task.FromResult(HydraterOutcome.Nothing)) { IsBackground = true };
        await using var host = await HydrationHost.StartAsync(
            directory.Path, [FakeInProcessHydrater.Writing("reading", "{}"), drawing]);
        var company = await host.CompanyAsync(Sample.Hydrater("reading", "[{}]"), Sample.Hydrater("drawing", "[{}]"));

        await host.UntilHydratedAsync(await host.PutAsync(company, "a"), "reading", "drawing");
    }

    private WorkerSlots Slots(bool isBackground, TimeSpan waitMax) => new(
        new FakeInProcessHydrater("h", (_, _) => Task.FromResult(HydraterOutcome.Nothing)) { IsBackground = isBackground },
        _foreground,
        waitMax);
}

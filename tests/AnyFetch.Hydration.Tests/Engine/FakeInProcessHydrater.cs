using System.Collections.Concurrent;
using System.Text;
using AnyFetch.Hydration.Workers;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>An in-process hydrater that does what the test says and remembers what it was asked.</summary>
internal sealed class FakeInProcessHydrater(
    string name,
    Func<HydrationTask, CancellationToken, Task<HydraterOutcome>> run,
    int concurrency = 2,
    double timeoutSeconds = 30) : IInProcessHydrater
{
    public ConcurrentQueue<HydrationTask> Tasks { get; } = new();

    public string Url => Sample.Url(name);

    public string ShortName => name;

    public int Concurrency => concurrency;

    public TimeSpan Timeout => TimeSpan.FromSeconds(timeoutSeconds);

    public string? Unavailable { get; set; }

    public Task<HydraterOutcome> RunAsync(HydrationTask task, CancellationToken cancellationToken)
    {
        Tasks.Enqueue(task);
        return run(task, cancellationToken);
    }

    internal static FakeInProcessHydrater Writing(string name, string changes) =>
        new(name, (_, _) => Task.FromResult(HydraterOutcome.Changed(Encoding.UTF8.GetBytes(changes))));
}

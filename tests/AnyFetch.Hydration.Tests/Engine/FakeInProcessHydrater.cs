using System.Collections.Concurrent;
using System.Text;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Hydration.Workers;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>An in-process hydrater that does what the test says and remembers what it was asked.</summary>
internal sealed class FakeInProcessHydrater(
    string name,
    Func<HydrationTask, CancellationToken, Task<HydraterOutcome>> run,
    int concurrency = 2,
    double timeoutSeconds = 120) : IInProcessHydrater
{
    public ConcurrentQueue<HydrationTask> Tasks { get; } = new();

    public string Url => Sample.Url(name);

    public string ShortName => name;

    public int Concurrency => concurrency;

    public TimeSpan Timeout => TimeSpan.FromSeconds(timeoutSeconds);

    public bool IsBackground { get; init; }

    public string? Unavailable { get; set; }

    /// <summary>Its filters for a company that says something; null for the registered ones.</summary>
    public Func<CompanyHydration, string?> CompanyFilters { get; set; } = static _ => null;

    /// <summary>What it answers without a task; null leaves the document to one.</summary>
    public Func<Document, HydraterOutcome?>? AtOnce { get; init; }

    public bool AnswersAtOnce => AtOnce is not null;

    public ValueTask<HydraterOutcome?> TryAnswerAsync(
        Document document, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AtOnce!(document));

    public string? FiltersFor(CompanyHydration company) => CompanyFilters(company);

    public Task<HydraterOutcome> RunAsync(HydrationTask task, CancellationToken cancellationToken)
    {
        Tasks.Enqueue(task);
        return run(task, cancellationToken);
    }

    internal static FakeInProcessHydrater Writing(string name, string changes) =>
        new(name, (_, _) => Task.FromResult(HydraterOutcome.Changed(Encoding.UTF8.GetBytes(changes))));
}

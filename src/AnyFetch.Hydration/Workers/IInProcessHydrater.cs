using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// A hydrater that runs inside the server, called without HTTP and with the same meaning (hydration.md §9). The composition
/// wraps the built-in hydraters in it.
/// </summary>
public interface IInProcessHydrater
{
    /// <summary>The URL under which it is registered.</summary>
    string Url { get; }

    /// <summary>Lower-case letters, digits and dashes; names its queue.</summary>
    string ShortName { get; }

    /// <summary>How many documents it takes at the same time.</summary>
    int Concurrency { get; }

    /// <summary>How long one document may take. It ends itself by then; some seconds later it is given up.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Why it cannot work on this machine, such as a missing tool; null when it can. Quick.</summary>
    string? Unavailable => null;

    /// <summary>True when nobody waits for what it does, so that others go first.</summary>
    bool IsBackground => false;

    /// <summary>True when <see cref="TryAnswerAsync"/> answers some documents.</summary>
    bool AnswersAtOnce => false;

    /// <summary>
    /// Filters, as the registration has them, instead of the registered ones for a company that says something about hydration; null
    /// when the registered ones are right.
    /// </summary>
    string? FiltersFor(CompanyHydration company) => null;

    /// <summary>
    /// Answers for a document that needs no task: from its fields, within microseconds, calling nobody. Null, also when
    /// something goes wrong, leaves it to <see cref="RunAsync"/>.
    /// </summary>
    /// <param name="document">The document, which may not be stored yet.</param>
    /// <param name="json">The same as the hydrater contract has it, as UTF-8.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<HydraterOutcome?> TryAnswerAsync(
        Document document,
        ReadOnlyMemory<byte> json,
        CancellationToken cancellationToken) => ValueTask.FromResult<HydraterOutcome?>(null);

    /// <summary>
    /// Hydrates one document. What goes wrong is an outcome; an exception counts as a transient failure. Cancellation means
    /// that the server stops or that the task is not wanted any more.
    /// </summary>
    Task<HydraterOutcome> RunAsync(HydrationTask task, CancellationToken cancellationToken);
}

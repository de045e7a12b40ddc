using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Files;
using AnyFetch.Core.Queue;

namespace AnyFetch.Core.Hydration;

/// <summary>What the API needs of the hydration engine: the two URLs that a hydrater gets, and running it again.</summary>
public interface IHydration
{
    /// <summary>
    /// The first round of a document that is about to be created, held with the write that creates it: most documents are
    /// finished with that, and need no second one.
    /// </summary>
    ValueTask<HydrationStart> StartAsync(Document created, CancellationToken cancellationToken);

    /// <summary>
    /// The document that a task's <c>file_path</c> stands for while the task is current and the document holds a
    /// file; null (410) otherwise. <paramref name="task"/> is the URL's signed last segment.
    /// </summary>
    ValueTask<Document?> FindTaskAsync(string task, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the body of a hydrater's answer (hydration.md §5). A body with a wrong value, a type that the document's
    /// company may not use or a user of another company is that hydrater's failure, and is kept as such.
    /// </summary>
    ValueTask<HydrationAnswerOutcome> AnswerAsync(
        string task,
        DocumentBodyResult read,
        CancellationToken cancellationToken);

    /// <summary>
    /// What the secret of a task's access token stands for, or null when it was not made here, is over an hour old or its
    /// task has ended.
    /// </summary>
    ValueTask<TaskGrant?> FindGrantAsync(string secret, CancellationToken cancellationToken);

    /// <summary>
    /// Hydrates a document again: all its hydraters, or those named by URL (hydration.md §6, "hydrate again").
    /// </summary>
    ValueTask<HydrateAgainResult> HydrateAgainAsync(
        DocumentKey key,
        IReadOnlyList<string>? urls,
        CancellationToken cancellationToken);

    /// <summary>For each hydrater that the document's company runs: whether it would take the document (a dry run).</summary>
    ValueTask<IReadOnlyList<HydraterMatch>> MatchAsync(Document document, CancellationToken cancellationToken);

    /// <summary>Why a text cannot be a hydrater's filters (a JSON array of constraint objects), or null.</summary>
    string? FindFilterFault(string filters);
}

/// <summary>How a new document's hydration begins.</summary>
/// <param name="Document">The document to store.</param>
/// <param name="Jobs">The jobs that enter the queue with it.</param>
public readonly record struct HydrationStart(Document Document, IReadOnlyList<NewJob> Jobs);

/// <summary>A hydrater's answer: changes, or the message of its failure.</summary>
/// <param name="Change">Merged into the document when <paramref name="Error"/> is null.</param>
/// <param name="Error">Why the hydrater failed.</param>
public sealed record HydraterAnswer(DocumentChange Change, string? Error);

/// <summary>What became of an answer, and what was wrong with one that was accepted as a failure.</summary>
public readonly record struct HydrationAnswerOutcome(HydrationAnswerResult Result, Error? Error);

/// <summary>What became of an answer.</summary>
public enum HydrationAnswerResult
{
    Accepted,

    /// <summary>The document is deleted, or the task is ended or superseded: 410.</summary>
    Gone,
}

/// <summary>What became of a request to hydrate again.</summary>
public enum HydrateAgainResult
{
    Started,
    UnknownDocument,

    /// <summary>A named hydrater is not one of the company's.</summary>
    UnknownHydrater,

    /// <summary>A named hydrater needs the file, which is not held any more.</summary>
    FileMissing,
}

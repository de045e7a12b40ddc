using AnyFetch.Core.Documents;

namespace AnyFetch.Hydration.Workers;

/// <summary>One document for one hydrater.</summary>
public sealed record HydrationTask
{
    /// <summary>The document as it is stored.</summary>
    public required Document Document { get; init; }

    /// <summary>The <c>document</c> of the hydrater contract as UTF-8 JSON (hydration.md §5).</summary>
    public required ReadOnlyMemory<byte> DocumentJson { get; init; }

    /// <summary>The URL that takes the answer, for hydraters that let another one answer.</summary>
    public required string Callback { get; init; }

    /// <summary>The URL of the file; null when there is none.</summary>
    public string? FileUrl { get; init; }

    /// <summary>Opens the file; null when there is none any more. The caller disposes of the stream.</summary>
    public required Func<CancellationToken, ValueTask<Stream?>> OpenFileAsync { get; init; }

    /// <summary>
    /// The access token for acting on other documents while the task lasts (hydration.md §8); empty when there is none. A
    /// function, so that a record that is written to a log does not show it.
    /// </summary>
    public required Func<string> AccessToken { get; init; }

    /// <summary>Deletes the document. Nothing happens when it is gone or changed its file meanwhile.</summary>
    public required Func<CancellationToken, ValueTask> DeleteDocumentAsync { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }
}

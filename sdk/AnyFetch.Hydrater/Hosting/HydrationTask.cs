using AnyFetch.Client;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>One document to hydrate, as a host without HTTP hands it over.</summary>
public sealed record HydrationTask
{
    /// <summary>
    /// The document with the keys of hydration.md §5: id, identifier, document_type (the name), metadata, data, actions,
    /// related, user_access, creation_date, modification_date.
    /// </summary>
    public required HydrationDocument Document { get; init; }

    /// <summary>
    /// A local copy of the file that stays where it is and unchanged until the task ends. It is read in place and never
    /// deleted. Null when there is none, or when <see cref="OpenFile"/> gives it.
    /// </summary>
    public string? FilePath { get; init; }

    /// <summary>
    /// Opens the file where no local copy exists; it is copied to a private temp file that is deleted at the end. A null
    /// stream means that the file is gone, which skips the task as a 410 does over HTTP. Null when the document has no file.
    /// </summary>
    public Func<CancellationToken, Task<Stream?>>? OpenFile { get; init; }

    /// <summary>Makes a client of the Fetch API bound to the document's token; it is only called when the hydrater asks.</summary>
    public Func<AnyFetchClient?>? Core { get; init; }

    /// <summary>
    /// Deletes the document, for hosts that need no HTTP for it. Without it the document is deleted through <see cref="Core"/>
    /// by its identifier.
    /// </summary>
    public Func<CancellationToken, Task>? DeleteDocument { get; init; }
}

using System.Net;
using AnyFetch.Client;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater;

/// <summary>Everything that one task gives a hydrater (hydration.md §9). It is valid until <c>HydrateAsync</c> returns.</summary>
public sealed class HydrationContext
{
    private readonly HydrationAccess _access;
    private readonly Lazy<AnyFetchClient?> _core;
    private ChildDocuments? _children;

    internal HydrationContext(
        HydrationDocument document, HydrationFile? file, TempFolder temp, TimeProvider time, ILogger logger,
        HydrationAccess access)
    {
        Document = document;
        File = file;
        Temp = temp;
        Tools = new ToolRunner(temp, file?.Path, time, access);
        Time = time;
        Logger = logger;
        _access = access;
        _core = new Lazy<AnyFetchClient?>(access.Core);
    }

    /// <summary>The document as the task showed it, read-only.</summary>
    public HydrationDocument Document { get; }

    /// <summary>The document's file, or null when it has none or the descriptor does not ask for it.</summary>
    public HydrationFile? File { get; }

    /// <summary>An empty change set to write to and hand to <see cref="HydrationResult.Changed"/>.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>A private folder, made on first use and deleted with everything in it when the task ends.</summary>
    public TempFolder Temp { get; }

    /// <summary>Runs native programs within limits.</summary>
    public ToolRunner Tools { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>A logger named after the hydrater. Never log tokens or content.</summary>
    public ILogger Logger { get; }

    /// <summary>
    /// The Fetch API in the name of the document's own account (hydration.md §8), or null when the core handed out no token. Null
    /// also in a worker process, which has no network (<see cref="HydraterDescriptor.NeedsIsolation"/>): there
    /// <see cref="Children"/> and <see cref="DeleteDocumentAsync"/> reach the core.
    /// </summary>
    public AnyFetchClient? Core => _core.Value;

    /// <summary>Whether other documents can be made and deleted with <see cref="Children"/>: the core handed out a token.</summary>
    public bool HasCore => Calls?.HasCore ?? Core is not null;

    internal WorkerCalls? Calls => _access.Calls;

    internal WorkLimit? Limit => _access.Limit;

    /// <summary>Makes documents out of this one: attachments, events, members of archives (hydration.md §8).</summary>
    public ChildDocuments Children => _children ??= new ChildDocuments(this);

    /// <summary>Forgets what an attempt made that did not come to its end.</summary>
    internal void BeginAgain()
    {
        _children = null;
        Changes.Data.Clear();
        Changes.Related.Clear();
    }

    /// <summary>The file, for hydraters that cannot do without. Throws <see cref="HydrationException"/> when there is none.</summary>
    public HydrationFile RequireFile() => File ?? throw new HydrationException("The document has no file.");

    /// <summary>
    /// The Fetch API, for hydraters that cannot do without. Throws <see cref="HydrationException"/> when the core handed out no token.
    /// </summary>
    public AnyFetchClient RequireCore() =>
        Core ?? throw new HydrationException("The task came without an access token for the Fetch API.");

    /// <summary>
    /// Deletes the document itself; return <see cref="HydrationResult.Deleted"/> afterwards. A document that is gone already is
    /// as good as deleted.
    /// </summary>
    public async Task DeleteDocumentAsync(CancellationToken cancellationToken)
    {
        if (_access.Delete is { } delete)
        {
            await delete(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await RequireCore().Documents.DeleteAsync(DocumentRef.ByIdentifier(Document.Identifier), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // Somebody else was faster.
        }
    }
}

using System.Net;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>
/// Keeps a server up to date with a directory of this machine, where that is not the server's (providers specification,
/// section 5): a walk, a comparison with what was sent, and what differs is sent or deleted.
/// </summary>
public sealed class DirectoryAgent : IDisposable
{
    // An agent is told nothing of what its company takes for junk.
    private static readonly JunkTest s_isJunk = PathFilter.TestOf(JunkNames.Default);

    private readonly DirectoryAgentOptions _options;
    private readonly AnyFetchClient _server;
    private readonly string _token;
    private readonly TimeProvider _time;
    private readonly LocalDirectoryClient _files;
    private readonly AgentState _state;

    /// <summary>Creates an agent.</summary>
    /// <param name="options">What is watched.</param>
    /// <param name="server">The server, as the account.</param>
    /// <param name="token">The account's token, whose user alone sees the documents.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">Another agent watches it for the same account.</exception>
    public DirectoryAgent(
        DirectoryAgentOptions options, AnyFetchClient server, string token, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _server, _token, _time) = (options, server, token, timeProvider);
        _files = new LocalDirectoryClient(options.Files);
        Root = LocalDirectoryClient.Resolve(options.Directory) is { } root && Directory.Exists(root)
            ? root
            : throw new DirectoryNotFoundException($"There is no directory {options.Directory}.");
        _state = OpenState();
    }

    /// <summary>The directory's path without links.</summary>
    public string Root { get; }

    /// <inheritdoc />
    public void Dispose() => _state.Dispose();

    /// <summary>Compares once. What fails is told and tried again by the next pass.</summary>
    /// <param name="cancellationToken">Stops it; what was done is remembered.</param>
    /// <exception cref="DirectoryNotFoundException">The directory is away. Nothing was deleted.</exception>
    /// <exception cref="AnyFetchException">The server no longer accepts the token, or asks to wait.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<AgentPass> CompareAsync(CancellationToken cancellationToken)
    {
        var tally = new AgentTally(_options.FailuresMax);
        var walk = Walk(tally, cancellationToken);
        try
        {
            await Task.WhenAll(
                Parallel.ForEachAsync(walk.Changed, Limits(cancellationToken), async (file, token) => await SendAsync(file, tally, token)),
                Parallel.ForEachAsync(walk.Gone, Limits(cancellationToken), async (path, token) => await DeleteAsync(path, tally, token)));
        }
        finally
        {
            _state.Save();
        }

        return tally.Total();
    }

    /// <summary>Compares at once, and again whenever something changed, until it is stopped.</summary>
    /// <param name="told">Hears of each comparison.</param>
    /// <param name="away">Hears why a comparison could not be made; it is tried again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="AnyFetchException">The server no longer accepts the token.</exception>
    public Task WatchAsync(Action<AgentPass> told, Action<string> away, CancellationToken cancellationToken) =>
        new AgentWatch(this, _options, _time).RunAsync(told, away, cancellationToken);

    /// <summary>Whether it is the server or the directory that cannot be reached, which may pass by itself.</summary>
    internal static bool IsAway(Exception failure) => failure is DirectoryNotFoundException || IsServerAway(failure);

    private AgentState OpenState()
    {
        try
        {
            return new AgentState(_options.StatePath, LocalDirectoryClient.MountOf(Root), _options.SaveChanges);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"{_options.StatePath} is in use: does another agent watch {Root}? {taken.Message}", taken);
        }
    }

    private ParallelOptions Limits(CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken,
    };

    private AgentWalk Walk(AgentTally tally, CancellationToken cancellationToken)
    {
        RequireRoot();
        var walk = new AgentWalk(_state);
        foreach (var step in _files.Walk(Root, s_isJunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Take(step, tally);
        }

        // The walk proves nothing when its root went away under it.
        RequireRoot();
        walk.Complete();
        var (gone, known) = (walk.Gone.Count, _state.Count);
        if (!_options.Force && gone > _options.PruneItemsFree && gone * 100L > known * (long)_options.PrunePercentMax)
        {
            tally.Withheld(gone);
            walk.Gone.Clear();
        }

        return walk;
    }

    private void RequireRoot()
    {
        if (LocalDirectoryClient.Resolve(Root) != Root || !Directory.Exists(Root))
        {
            throw new DirectoryNotFoundException($"The directory {Root} is away. Nothing was deleted.");
        }

        if (LocalDirectoryClient.MountOf(Root) != _state.Mount)
        {
            throw new DirectoryNotFoundException(
                $"The disk that held {Root} ({_state.Mount}) is not mounted. Nothing was deleted.");
        }
    }

    private async Task SendAsync(LocalFile seen, AgentTally tally, CancellationToken cancellationToken)
    {
        var path = CanonicalText.Compose(seen.RelativePath);
        try
        {
            if (_files.Find(Root, seen.RelativePath, s_isJunk) is not { } file)
            {
                // It vanished: the next walk tells.
                return;
            }

            if (file.MayGrow(_time.GetUtcNow(), _options.Files))
            {
                tally.Waits();
                return;
            }

            await SendAsync(path, file, cancellationToken);
            _state.Put(path, file.Version);
            tally.Sent();
        }
        catch (AnyFetchException gone) when (gone.Status == HttpStatusCode.Gone)
        {
            // The document vanished meanwhile, as the protocol has it: done.
            _state.Put(path, seen.Version);
        }
        catch (Exception failure) when (IsOfOneFile(failure))
        {
            tally.Failed(path, failure.Message);
        }
    }

    private async Task SendAsync(string path, LocalFile file, CancellationToken cancellationToken)
    {
        var identifier = IdentifierOf(path);
        var draft = file.ToDraft() with
        {
            Identifier = identifier, CreationDate = file.Modified, UserAccess = [_token],
        };
        await _server.Documents.SendAsync(draft, cancellationToken);
        if (file.Length <= _options.FileBytesMax)
        {
            await _server.Documents.UploadFileAsync(
                DocumentRef.ByIdentifier(identifier), file.ToContent(Root), cancellationToken);
        }
    }

    private async Task DeleteAsync(string path, AgentTally tally, CancellationToken cancellationToken)
    {
        try
        {
            await _server.Documents.DeleteAsync(DocumentRef.ByIdentifier(IdentifierOf(path)), cancellationToken);
        }
        catch (AnyFetchException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            // Somebody else was faster.
        }
        catch (Exception failure) when (IsOfOneFile(failure))
        {
            tally.Failed(path, failure.Message);
            return;
        }

        _state.Put(path, version: null);
        tally.Deleted();
    }

    private string IdentifierOf(string path) => _options.Files.HostId + path;

    private static bool IsServerAway(Exception failure) => failure is TimeoutException
        or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        or AnyFetchException { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable };

    // What concerns the account or the server concerns all files.
    private static bool IsOfOneFile(Exception failure) => !IsServerAway(failure) && failure is
        AnyFetchException { Status: not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) }
        or HttpRequestException or IOException or UnauthorizedAccessException;
}

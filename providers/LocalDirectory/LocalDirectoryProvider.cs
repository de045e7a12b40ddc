using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>
/// Sends the files of a directory (providers specification, section 5). Every run walks everything; the ledger tells what
/// changed, and only a complete walk of a root that is there can delete.
/// </summary>
public sealed class LocalDirectoryProvider : IProvider, ISetupForm, IDocumentFetcher, ISingleFetch, IWatcher
{
    private const string PathMember = "path";
    private const string MountMember = "mount";
    private const string RootCacheKey = "root";
    private const int RootHashDigits = 12;
    private static readonly TimeSpan RootCacheAge = TimeSpan.FromSeconds(5);

    private readonly LocalDirectoryProviderOptions _options;
    private readonly LocalDirectoryClient _client;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">Which directories may be connected, and which of their files are taken.</param>
    public LocalDirectoryProvider(IOptions<LocalDirectoryProviderOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new LocalDirectoryClient(_options);
    }

    /// <summary>A directory's path without links, which is what its account is called; null when there is none.</summary>
    /// <param name="path">An absolute path.</param>
    public static string? Resolve(string path) => LocalDirectoryClient.Resolve(path);

    /// <inheritdoc />
    public SetupForm Form { get; } = new(
        "Connect a directory",
        new SetupField(PathMember, "Directory") { Help = "A directory on the machine that runs AnyFetch." });

    /// <inheritdoc />
    public Task<ConnectedSource> CompleteAsync(
        IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        var path = values[PathMember];
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ConnectException("The directory must be an absolute path.");
        }

        // One answer for "not there" and "not allowed": the form must not tell what exists outside the allowed roots.
        var real = LocalDirectoryClient.Resolve(path);
        if (real is null || !IsAllowed(real))
        {
            throw new ConnectException("The directory does not exist, or lies outside the directories that are allowed.");
        }

        if (!Directory.Exists(real))
        {
            throw new ConnectException("The path is not a directory.");
        }

        return Task.FromResult(new ConnectedSource(
            real, new JsonObject { [PathMember] = real, [MountMember] = LocalDirectoryClient.MountOf(real) }));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SyncItem> SyncAsync(
        SyncContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var root = Root(context.Account);
        foreach (var step in _client.Walk(root, Excludes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Describe(root, step);
        }

        // The walk proves nothing when its root went away under it.
        Root(context.Account);
        yield return new SyncItem.ListingComplete { WithoutCursor = true };
        var walked = context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        yield return new SyncItem.Checkpoint(new JsonObject { ["walked"] = walked }.ToJsonString());
        await Task.CompletedTask;

        bool Excludes(ReadOnlySpan<char> name, bool isDirectory) =>
            isDirectory ? context.ExcludesFolder(name) : context.ExcludesFile(name);
    }

    /// <inheritdoc />
    public Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var root = RootOfRun(context);
        var path = (string?)item.Payload?[PathMember] ?? "";
        if (_client.Find(root, path, PathFilter.TestOf(context.Junk)) is not { } file)
        {
            return Task.FromResult<FetchResult>(new FetchResult.Gone());
        }

        if (file.MayGrow(context.TimeProvider.GetUtcNow(), _options))
        {
            return Task.FromResult<FetchResult>(
                new FetchResult.Postpone(TimeSpan.FromMilliseconds(_options.GrowthMilliseconds)));
        }

        return Task.FromResult<FetchResult>(
            new FetchResult.Send(file.ToDraft(), file.ToContent(root)) { Version = file.Version });
    }

    /// <inheritdoc />
    public Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        var root = Root(context.Account);
        var prefix = Identifier(root, "");
        if (!identifier.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            return Task.FromResult<SyncItem.Upsert?>(null);
        }

        var path = identifier[prefix.Length..];
        var isPlain = !path.Split('/').Any(segment => segment is "." or "..");
        var found = isPlain && _client.Find(root, path, PathFilter.TestOf(context.Junk)) is { } file
            ? (SyncItem.Upsert)Describe(root, new WalkStep.Found(file))
            : null;
        return Task.FromResult(found);
    }

    /// <inheritdoc />
    public Task WatchAsync(SourceAccount account, Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(changed);
        var watcher = new DirectoryWatcher(_options, TimeProvider.System);
        return _options.Watch
            ? watcher.WatchAsync(Root(account), changed, cancellationToken)
            : watcher.RescanAsync(changed, cancellationToken);
    }

    internal string Identifier(string root, string relativePath)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..RootHashDigits];
        return $"local://{_options.HostId}/{hash}{CanonicalText.Compose(relativePath)}";
    }

    private bool IsAllowed(string real) => _options.AllowedRoots
        .Select(LocalDirectoryClient.Resolve)
        .Any(allowed => allowed is not null && LocalDirectoryClient.IsWithin(allowed, real));

    // Checked at every use, not only at connection: the operator may have withdrawn a root since.
    private string Root(SourceAccount account)
    {
        var path = account.Text(PathMember) ?? throw new ConnectException("The account names no directory.");
        var real = LocalDirectoryClient.Resolve(path);
        if (real is null || !Directory.Exists(real))
        {
            throw new ConnectException("The directory does not exist. Nothing was deleted.");
        }

        if (!IsAllowed(real))
        {
            throw new ConnectException("The directory lies outside the directories that are allowed.");
        }

        if (account.Text(MountMember) is { } mount && mount != LocalDirectoryClient.MountOf(real))
        {
            throw new ConnectException($"The disk that held the directory ({mount}) is not mounted. Nothing was deleted.");
        }

        return real;
    }

    // Asked once per file, so it is remembered for a moment. A root that went away is no fault of the file: it is tried again.
    private string RootOfRun(FetchContext context)
    {
        try
        {
            return context.Cache.GetOrCreate(RootCacheKey, entry =>
            {
                entry.Size = 1;
                entry.AbsoluteExpirationRelativeToNow = RootCacheAge;
                return Root(context.Account);
            })!;
        }
        catch (ConnectException away)
        {
            throw new DirectoryNotFoundException(away.Message, away);
        }
    }

    private SyncItem Describe(string root, WalkStep step) => step switch
    {
        WalkStep.Found found => new SyncItem.Upsert(Identifier(root, found.File.RelativePath))
        {
            Version = found.File.Version,
            Title = Path.GetFileName(found.File.RelativePath),
            Rank = -found.File.Modified.ToUnixTimeSeconds(),
            Payload = new JsonObject { [PathMember] = found.File.RelativePath },
        },
        WalkStep.Unreadable { IsDirectory: true } directory => new SyncItem.Failure("Unreadable", directory.Reason)
        {
            Prefix = Identifier(root, directory.RelativePath) + "/",
            Title = directory.RelativePath,
        },
        WalkStep.Unreadable file => new SyncItem.Failure("Unreadable", file.Reason)
        {
            Identifier = Identifier(root, file.RelativePath),
            Title = file.RelativePath,
        },
        _ => throw new InvalidOperationException("The walk knows no other steps."),
    };
}

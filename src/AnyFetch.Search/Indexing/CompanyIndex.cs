using System.Text;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Commits;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Similarity;
using AnyFetch.Search.Suggestions;

namespace AnyFetch.Search.Indexing;

/// <summary>One company's index, open: many searches beside one writer.</summary>
internal sealed class CompanyIndex : IDisposable
{
    private readonly SearchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SharedResources _shared;
    private readonly SegmentStore _store;
    private readonly IndexWriter _writer;
    private readonly Maintenance _maintenance;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading;
    private long _flushed;
    private bool _isDiscarded;
    private string? _damage;

    private CompanyIndex(SearchOptions options, TimeProvider timeProvider, SharedResources shared, SegmentStore store)
    {
        (_options, _timeProvider, _shared, _store) = (options, timeProvider, shared, store);
        _writer = new IndexWriter(store, shared.Builders);
        _maintenance = new Maintenance(store, _writer, _writing, shared);
        _reading = new SemaphoreSlim(options.ReadersMax, options.ReadersMax);
        _flushed = timeProvider.GetTimestamp();
    }

    public string FeedName => _store.Feed;

    public FeedPosition Position => _writer.Position;

    /// <summary>True when documents are missing from it, because a file was damaged.</summary>
    public bool IsPartial => _store.Damage is not null;

    /// <summary>Documents in it.</summary>
    public int DocumentCount => _store.LiveCount;

    /// <summary>What it takes besides the mapped files, which the operating system keeps in memory as it can.</summary>
    public long ApproximateBytes => _store.Segments.Sum(s => s.Segment.MemoryBytes) + (1 << 16);

    /// <summary>What it consists of.</summary>
    public IndexStatistics Statistics
    {
        get
        {
            var segments = _store.Segments;
            return new IndexStatistics(
                _store.LiveCount,
                segments.Count,
                segments.Sum(s => s.Segment.FileName is null ? 0 : s.Segment.ByteCount),
                ApproximateBytes,
                _store.SetAside.Count);
        }
    }

    /// <summary>Documents that could not be indexed.</summary>
    public SetAside SetAside => _store.SetAside;

    /// <summary>Opens an index, or creates an empty one at the feed's start when there is none that can be used.</summary>
    public static CompanyIndex Open(
        string directory, SearchOptions options, string feedName, TimeProvider timeProvider, SharedResources shared)
    {
        if (TryOpen(directory, feedName, shared.Unflushed, out var damage) is not { } store)
        {
            Delete(directory);
            store = SegmentStore.Create(directory, feedName, shared.Unflushed);
        }

        return new CompanyIndex(options, timeProvider, shared, store) { _damage = damage ?? store.Damage };
    }

    /// <summary>What was wrong with the index that this empty one replaces, or with a file of this one; told once.</summary>
    public string? TakeDamage() => Interlocked.Exchange(ref _damage, null);

    /// <summary>True when there is an index in a directory.</summary>
    public static bool Exists(string directory) => File.Exists(Manifest.PathIn(directory));

    /// <summary>Deletes an index that is not open.</summary>
    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>Applies changes after the index's position.</summary>
    /// <param name="entries">In the feed's order.</param>
    /// <param name="mappings">The types' mappings.</param>
    /// <param name="after">
    /// The entries are all that came after this position. False is returned, and nothing done, when the index is not so
    /// far: something between would be missed. Null skips the check.
    /// </param>
    /// <param name="cancellationToken">Gives up; nothing of the entries is applied.</param>
    public async ValueTask<bool> ApplyAsync(
        IReadOnlyList<FeedEntry> entries, Mappings mappings, FeedPosition? after, CancellationToken cancellationToken)
    {
        await _maintenance.ThrowIfFailedAsync().ConfigureAwait(false);
        if (_store.MemoryBytes > 2 * FlushBytes)
            await _maintenance.Flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_shared.Unflushed.IsOverrun)
            await _shared.WaitForFlushesAsync(cancellationToken).ConfigureAwait(false);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (after > _writer.Position)
                return false;
            _writer.Apply(entries, mappings, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }

        Maintain();
        return true;
    }

    /// <summary>Notes that there is nothing up to a position that the index lacks.</summary>
    public async ValueTask AdvanceAsync(FeedPosition position, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _writer.Advance(position);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Begins what is due of flushes and merges, in the background.</summary>
    public void Maintain()
    {
        var isOld = _timeProvider.GetElapsedTime(_flushed).TotalSeconds >= _options.FlushSeconds;
        var isDue = _store.MemoryBytes >= FlushBytes || isOld && _writer.Position != _store.FlushedTo;
        if (isOld || isDue)
            _flushed = _timeProvider.GetTimestamp();
        _maintenance.Begin(isDue);
    }

    /// <summary>Begins to write what is only in memory, in the background; returns how many bytes that is.</summary>
    public long BeginFlush()
    {
        var bytes = _store.MemoryBytes;
        if (bytes > 0)
            _maintenance.Begin(isFlushDue: true);
        return bytes;
    }

    public ValueTask<SearchResult> SearchAsync(
        SearchRequest request, Mappings mappings, CancellationToken cancellationToken) =>
        ReadAsync(
            snapshot => new IndexSearcher(snapshot, _options.ExpansionsMax, cancellationToken).Search(request, mappings),
            cancellationToken);

    /// <summary>Finds documents that have some of a document's terms.</summary>
    public ValueTask<SimilarResult> SimilarAsync(
        SimilarRequest request,
        IReadOnlyList<SourceTerm> terms,
        Mappings mappings,
        CancellationToken cancellationToken) =>
        ReadAsync(
            snapshot => new SimilarSearcher(snapshot, _options.ExpansionsMax, cancellationToken).Search(request, terms, mappings),
            cancellationToken);

    /// <summary>Whether a document may hold a value in a key that is compared exactly, whoever may see it.</summary>
    public bool MayHold(string key, string value)
    {
        var hash = KeyCode.ExactHash(key, value);
        using var snapshot = _store.Rent();
        foreach (var rows in snapshot.Segments)
        {
            // Hardly any value that is not there comes as far as the dictionary.
            if (rows.Segment.ExactValues.MayHold(hash) && rows.Segment.Terms.Find(KeyCode.ExactUtf8(key, value)).Frequency > 0)
                return true;
        }

        return false;
    }

    /// <summary>Proposes terms for a query that is being typed.</summary>
    public ValueTask<Proposals> ProposeAsync(
        TypedQuery query, UserId viewer, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            snapshot => new SuggestionSearcher(snapshot, _options.ExpansionsMax, cancellationToken).Propose(query, viewer, limit),
            cancellationToken);

    /// <summary>Closes it without keeping what is only in memory, because its files are to be deleted.</summary>
    public void Discard()
    {
        _isDiscarded = true;
        Dispose();
    }

    /// <summary>Writes what is only in memory and closes it.</summary>
    public void Dispose()
    {
        _maintenance.DisposeAsync().AsTask().GetAwaiter().GetResult();
        try
        {
            if (!_isDiscarded)
                _maintenance.FlushAll();
        }
        catch (IOException)
        {
            // What could not be written comes again from the feed.
        }

        _store.Dispose();
        _writing.Dispose();
        _reading.Dispose();
    }

    private long FlushBytes => (long)_options.FlushMebibytes << 20;

    private static SegmentStore? TryOpen(
        string directory, string feedName, UnflushedMemory unflushed, out string? damage)
    {
        damage = null;
        if (!Exists(directory))
            return null;
        try
        {
            return SegmentStore.Open(directory, feedName, unflushed);
        }
        catch (DamagedIndexException e)
        {
            damage = e.Message;
            return null;
        }
    }

    private async ValueTask<T> ReadAsync<T>(Func<IndexSnapshot, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var snapshot = _store.Rent();
            return read(snapshot);
        }
        finally
        {
            _reading.Release();
        }
    }
}

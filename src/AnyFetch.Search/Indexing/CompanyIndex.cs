using System.Collections.Concurrent;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Similarity;
using AnyFetch.Sqlite;

namespace AnyFetch.Search.Indexing;

/// <summary>One company's index, open: many searches beside one writer.</summary>
internal sealed class CompanyIndex : IDisposable
{
    private readonly string _directory;
    private readonly SearchOptions _options;
    private readonly RowTable _rows;
    private readonly IndexWriter _writer;
    private readonly IndexSearcher _searcher;
    private readonly SimilarSearcher _similar;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading;
    private readonly ConcurrentBag<IndexReader> _idleReaders = [];
    private volatile IndexState _state;
    private int _readerCount;

    private CompanyIndex(
        string directory, SearchOptions options, SqliteConnection connection, IndexState state, RowTable rows)
    {
        _directory = directory;
        _options = options;
        _rows = rows;
        _state = state;
        _writer = new IndexWriter(connection, rows);
        _searcher = new IndexSearcher(rows, options.ExpansionsMax);
        _similar = new SimilarSearcher(rows, _searcher);
        _reading = new SemaphoreSlim(options.ReadersMax, options.ReadersMax);
    }

    public string FeedName => _state.Feed;

    public FeedPosition Position => _state.Position;

    /// <summary>Documents in it.</summary>
    public int DocumentCount => _rows.LiveCount;

    /// <summary>What it takes at most: its rows, and of its pages what its connections may cache.</summary>
    public long ApproximateBytes
    {
        get
        {
            var file = new FileInfo(IndexFile.PathIn(_directory)) is { Exists: true } info ? info.Length : 0;
            return _rows.ApproximateBytes + Math.Min(file, IndexFile.WriterCacheKibibytes * 1024L)
                + Volatile.Read(ref _readerCount) * Math.Min(file, _options.ReaderCacheKibibytes * 1024L);
        }
    }

    /// <summary>True when so many rows are retired that a new file would be much smaller.</summary>
    public bool IsWasteful =>
        _rows.RetiredCount > _options.RetiredRowsMin && _rows.RetiredCount > 2L * _rows.LiveCount;

    /// <summary>Opens an index, or creates an empty one at the feed's start when there is none that can be used.</summary>
    public static CompanyIndex Open(string directory, SearchOptions options, string feedName)
    {
        if (TryOpen(directory, options, feedName) is { } index)
            return index;
        Delete(directory);
        Directory.CreateDirectory(directory);
        return Load(directory, options, feedName, isNew: true)
            ?? throw new InvalidOperationException("A new index has no state.");
    }

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
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (after > _state.Position)
                return false;
            if (entries.Count > 0 && entries[^1].Position > _state.Position)
                _state = _writer.Apply(_state, entries, mappings, cancellationToken);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Notes that there is nothing up to a position that the index lacks.</summary>
    public async ValueTask AdvanceAsync(FeedPosition position, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (position > _state.Position)
                _state = _writer.Advance(_state, position);
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<SearchResult> SearchAsync(
        SearchRequest request, Mappings mappings, CancellationToken cancellationToken) =>
        ReadAsync(reader => _searcher.Search(reader, request, mappings), cancellationToken);

    /// <summary>Finds documents that have some of a document's terms.</summary>
    public ValueTask<SimilarResult> SimilarAsync(
        SimilarRequest request,
        IReadOnlyList<SourceTerm> terms,
        Mappings mappings,
        CancellationToken cancellationToken) =>
        ReadAsync(reader => _similar.Search(reader, request, terms, mappings), cancellationToken);

    public void Dispose()
    {
        while (_idleReaders.TryTake(out var reader))
            reader.Dispose();
        _writer.Dispose();
        _writing.Dispose();
        _reading.Dispose();
    }

    private async ValueTask<T> ReadAsync<T>(Func<IndexReader, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idleReaders.TryTake(out var reader))
            {
                reader = new IndexReader(_directory, _options.ReaderCacheKibibytes);
                Interlocked.Increment(ref _readerCount);
            }

            return Read(reader, read, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private T Read<T>(IndexReader reader, Func<IndexReader, T> read, CancellationToken cancellationToken)
    {
        var isHealthy = false;
        try
        {
            using (cancellationToken.Register(reader.Interrupt))
            {
                var result = read(reader);
                isHealthy = true;
                return result;
            }
        }
        catch (SqliteException e) when (e.IsInterrupted)
        {
            throw new OperationCanceledException("The search was given up.", e, cancellationToken);
        }
        finally
        {
            if (isHealthy)
            {
                _idleReaders.Add(reader);
            }
            else
            {
                reader.Dispose();
                Interlocked.Decrement(ref _readerCount);
            }
        }
    }

    private static CompanyIndex? TryOpen(string directory, SearchOptions options, string feedName)
    {
        if (!File.Exists(IndexFile.PathIn(directory)))
            return null;
        try
        {
            return Load(directory, options, feedName, isNew: false);
        }
        catch (SqliteException e) when (IndexFile.IsDamage(e))
        {
            return null;
        }
    }

    private static CompanyIndex? Load(string directory, SearchOptions options, string feedName, bool isNew)
    {
        var connection = IndexFile.OpenWriter(directory);
        try
        {
            if (isNew)
                IndexFile.Create(connection, feedName);
            if (IndexFile.ReadState(connection) is not { } state || state.Feed != feedName)
            {
                connection.Dispose();
                return null;
            }

            return new CompanyIndex(directory, options, connection, state, LoadRows(connection, state));
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static RowTable LoadRows(SqliteConnection connection, IndexState state)
    {
        var rows = new RowTable(state.RowMax);
        using (var access = connection.Prepare("SELECT number, users FROM access"))
        {
            while (access.Step())
                rows.Access.Load((int)access.Int64(0), access.Bytes(1));
        }

        using var statement = connection.Prepare("SELECT row, attributes FROM rows");
        while (statement.Step())
            rows.Load((int)statement.Int64(0), RowAttributes.Read(statement.Bytes(1)));
        return rows;
    }
}

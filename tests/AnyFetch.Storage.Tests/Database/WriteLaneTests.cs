using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;
using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Database;

public sealed class WriteLaneTests : IAsyncDisposable
{
    private readonly ScriptedTransaction _transaction = new();
    private readonly WriteLane _lane;

    public WriteLaneTests() => _lane = new WriteLane("test lane", _transaction, queueMax: 4, batchMax: 100);

    public async ValueTask DisposeAsync()
    {
        _transaction.Gate.Set();
        await _lane.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_its_commit_has_returned()
    {
        _transaction.Gate.Reset();
        var write = WriteAsync(1);
        await Eventually.TrueAsync(() => _transaction.CommitsBegun == 1);
        Assert.False(write.IsCompleted);
        Assert.False(_transaction.Acknowledged.IsSet);
        _transaction.Gate.Set();
        Assert.Equal(1, await write);
    }

    [Fact]
    public async Task What_arrives_during_a_commit_shares_the_next_one()
    {
        _transaction.Gate.Reset();
        var first = WriteAsync(0);
        await Eventually.TrueAsync(() => _transaction.CommitsBegun == 1);
        var others = Enumerable.Range(1, 20).Select(WriteAsync).ToList();
        _transaction.Gate.Set();
        Assert.Equal(Enumerable.Range(0, 21), await Task.WhenAll([first, .. others]));
        // Four fit into the queue at once; the others enter as it empties.
        Assert.InRange(_transaction.CommitsBegun, 2, 10);
    }

    [Fact]
    public async Task A_commit_that_fails_is_made_for_each_alone_and_fails_the_culprit_only()
    {
        _transaction.Gate.Reset();
        var first = WriteAsync(0);
        await Eventually.TrueAsync(() => _transaction.CommitsBegun == 1);
        var writes = new[] { WriteAsync(1), WriteAsync(ScriptedTransaction.Poison), WriteAsync(2) };
        _transaction.Gate.Set();

        var results = await Task.WhenAll(first, writes[0], writes[2]);
        Assert.Equal([0, 1, 2], results);
        await Assert.ThrowsAsync<InvalidDataException>(() => writes[1]);
        Assert.Equal([0, 1, 2], _transaction.Committed);
    }

    [Fact]
    public async Task When_the_store_is_away_whatever_waits_is_told_so_at_once()
    {
        _transaction.Gate.Reset();
        var first = WriteAsync(0);
        await Eventually.TrueAsync(() => _transaction.CommitsBegun == 1);
        var writes = new[] { WriteAsync(1), WriteAsync(ScriptedTransaction.Away), WriteAsync(2), WriteAsync(3) };
        _transaction.Gate.Set();

        var results = await Task.WhenAll(first, writes[0]);
        Assert.Equal([0, 1], results);
        foreach (var write in writes.Skip(1))
        {
            await Assert.ThrowsAsync<TimeoutException>(() => write);
        }

        Assert.Equal([0, 1], _transaction.Committed);
        Assert.Equal(4, await WriteAsync(4));
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_refuses_what_comes_later()
    {
        _transaction.Gate.Reset();
        var writes = Enumerable.Range(0, 4).Select(WriteAsync).ToList();
        var closing = _lane.DisposeAsync().AsTask();
        _transaction.Gate.Set();
        var results = await Task.WhenAll(writes);
        await closing;
        Assert.Equal([0, 1, 2, 3], results);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync(5));
    }

    private async Task<int> WriteAsync(int value)
    {
        var result = await _lane.WriteAsync(
            session =>
            {
                session.Execute("", [value]);
                return value;
            },
            CancellationToken.None);
        _transaction.Acknowledged.Set();
        return result;
    }

    /// <summary>Remembers what was committed; a commit waits for the gate, and fails when it holds the poison.</summary>
    private sealed class ScriptedTransaction : ISqlTransaction, ISqlSession
    {
        public const int Poison = 666;
        public const int Away = 667;
        private readonly List<int> _pending = [];
        private int _commitsBegun;

        public ManualResetEventSlim Gate { get; } = new(true);

        public ManualResetEventSlim Acknowledged { get; } = new(false);

        public int CommitsBegun => Volatile.Read(ref _commitsBegun);

        public List<int> Committed { get; } = [];

        public ISqlSession Session => this;

        public long Changes { get; private set; }

        public void Begin()
        {
        }

        public void Commit()
        {
            Interlocked.Increment(ref _commitsBegun);
            Gate.Wait();
            if (_pending.Contains(Poison))
            {
                throw new InvalidDataException();
            }

            if (_pending.Contains(Away))
            {
                throw new TimeoutException();
            }

            Committed.AddRange(_pending);
            _pending.Clear();
        }

        public void Rollback() => _pending.Clear();

        public bool IsBroken(Exception fault) => false;

        public bool MayRetry(Exception fault, int attempt) => false;

        public bool IsAway(Exception fault) => fault is TimeoutException;

        public Exception Explain(Exception fault) => fault;

        public void Rest()
        {
        }

        public int Execute(string sql, ReadOnlySpan<SqlValue> values)
        {
            Changes++;
            _pending.Add((int)values[0].Number);
            return 1;
        }

        public List<T> Query<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map) => [];

        public T? First<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
            where T : class => null;

        public long? Number(string sql, ReadOnlySpan<SqlValue> values) => null;

        public FeedPosition NextPosition() => default;

        public void Wake(string queue)
        {
        }

        public void Dispose()
        {
        }
    }
}

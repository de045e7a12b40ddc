using System.Collections.Concurrent;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Commits;
using AnyFetch.Search.Indexing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Companies;

/// <summary>
/// The indexes of all companies: opened when they are needed, closed when nobody used them for long or when too many
/// are open.
/// </summary>
internal sealed class IndexRegistry : IAsyncDisposable
{
    private const string BuildingSuffix = ".building";
    private const int TrimSeconds = 30;

    private static readonly TimeSpan s_flushPause = TimeSpan.FromMilliseconds(100);

    private readonly SearchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SharedResources _shared;
    private readonly ITimer _trimming;
    private long _flushed;
    private readonly ConcurrentDictionary<CompanyId, IndexSlot> _slots = [];

    public IndexRegistry(IOptions<SearchOptions> options, TimeProvider timeProvider)
    {
        _options = options.Value;
        _timeProvider = timeProvider;
        _shared = new SharedResources(_options);
        var period = TimeSpan.FromSeconds(TrimSeconds);
        Gauges = new IndexGauges(this);
        _trimming = timeProvider.CreateTimer(_ => Trim(), null, period, period);
    }

    public SearchOptions Options => _options;

    /// <summary>What the open indexes hold in memory only, in bytes.</summary>
    public long UnflushedBytes => _shared.Unflushed.Bytes;

    /// <summary>What is measured of the open indexes.</summary>
    public IndexGauges Gauges { get; }

    /// <summary>Indexes that are open now.</summary>
    public int OpenCount => _slots.Values.Count(s => s.IsOpen);

    /// <summary>Open indexes from which documents are missing.</summary>
    public int PartialCount => _slots.Values.Count(s => s.IsPartial);

    /// <summary>What the open indexes hold together.</summary>
    public IndexStatistics Statistics => _slots.Values.Aggregate(default(IndexStatistics), (sum, s) => sum + s.Statistics);

    /// <summary>Where a company's index is.</summary>
    public string DirectoryOf(CompanyId company) => Path.Combine(_options.DataDirectory, company.ToString());

    /// <summary>Where a company's next index is built.</summary>
    public string BuildingDirectoryOf(CompanyId company) => DirectoryOf(company) + BuildingSuffix;

    /// <summary>True when a company has an index. An open one is not looked for on the disk.</summary>
    public bool Exists(CompanyId company) =>
        _slots.TryGetValue(company, out var slot) && slot.IsOpen || CompanyIndex.Exists(DirectoryOf(company));

    /// <summary>The companies that have an index on disk.</summary>
    public IReadOnlyList<CompanyId> List()
    {
        if (!Directory.Exists(_options.DataDirectory))
            return [];
        var companies = new List<CompanyId>();
        foreach (var directory in Directory.EnumerateDirectories(_options.DataDirectory))
        {
            if (ObjectId.TryParse(Path.GetFileName(directory), out var id))
                companies.Add(new CompanyId(id));
        }

        return companies;
    }

    /// <summary>Opens an index in a directory, or creates one.</summary>
    public CompanyIndex Open(string directory, string feedName) =>
        CompanyIndex.Open(directory, _options, feedName, _timeProvider, _shared);

    /// <summary>Uses a company's index, which is opened or created if need be.</summary>
    public async ValueTask<T> UseAsync<T>(
        CompanyId company,
        string feedName,
        Func<CompanyIndex, ValueTask<T>> use,
        CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(company, _ => new IndexSlot());
        var isOpened = false;
        var index = await slot.RentAsync(
            () =>
            {
                isOpened = true;
                return Open(DirectoryOf(company), feedName);
            },
            _timeProvider.GetTimestamp(),
            cancellationToken).ConfigureAwait(false);
        try
        {
            return await use(index).ConfigureAwait(false);
        }
        finally
        {
            slot.Return();
            if (isOpened || IsFlushDue())
                Trim();
        }
    }

    /// <summary>Closes a company's index, waiting for those who use it.</summary>
    public ValueTask CloseAsync(CompanyId company) =>
        _slots.GetOrAdd(company, _ => new IndexSlot()).CloseAsync(isKept: true, () => { });

    /// <summary>Closes a company's index, which is not needed any more, and puts something in the place of its files.</summary>
    public ValueTask ReplaceAsync(CompanyId company, Action replace) =>
        _slots.GetOrAdd(company, _ => new IndexSlot()).CloseAsync(isKept: false, replace);

    /// <summary>Closes a company's index and deletes it.</summary>
    public ValueTask DeleteAsync(CompanyId company) =>
        ReplaceAsync(company, () => CompanyIndex.Delete(DirectoryOf(company)));

    /// <summary>True when too much is only in memory. Whoever is told so flushes; the others are not told for a moment.</summary>
    private bool IsFlushDue()
    {
        if (_shared.Unflushed.Excess == 0)
            return false;
        var last = Volatile.Read(ref _flushed);
        return _timeProvider.GetElapsedTime(last) >= s_flushPause
            && Interlocked.CompareExchange(ref _flushed, _timeProvider.GetTimestamp(), last) == last;
    }

    /// <summary>
    /// Closes indexes that are idle for long; and more, idle longest first, while the open ones are too much. What they
    /// hold in memory only is written, in the same order, while it is too much.
    /// </summary>
    public void Trim()
    {
        var open = _slots.Values.Where(s => s.IsOpen).OrderBy(s => s.LastUsed).ToList();
        var bytes = open.Sum(s => s.ApproximateBytes);
        var count = open.Count;
        var excess = _shared.Unflushed.Excess;
        foreach (var slot in open)
        {
            if (excess > 0)
                excess -= slot.BeginFlush();
            else
                slot.Maintain();
        }

        foreach (var slot in open)
        {
            var isIdle = _timeProvider.GetElapsedTime(slot.LastUsed).TotalSeconds > _options.IdleSecondsMax;
            if (!isIdle && count <= _options.OpenIndexesMax && bytes <= (long)_options.OpenIndexesMebibytesMax << 20)
                return;
            var size = slot.ApproximateBytes;
            if (!slot.TryClose())
                continue;
            count--;
            bytes -= size;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gauges.Dispose();
        await _trimming.DisposeAsync().ConfigureAwait(false);
        foreach (var company in _slots.Keys)
            await CloseAsync(company).ConfigureAwait(false);
        _shared.Dispose();
    }
}

using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;

namespace AnyFetch.Search.Tests.Support;

/// <summary>A change feed in memory that keeps its promises: a document stands in it where it changed last.</summary>
public sealed class TestFeed : IChangeFeed
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<FeedPosition, FeedEntry> _entries = [];
    private readonly Dictionary<DocumentId, FeedPosition> _last = [];
    private readonly Dictionary<CompanyId, FeedPosition> _horizons = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    public string Name { get; set; } = "test";

    /// <summary>When set, reading fails with it.</summary>
    public Exception? Failure { get; set; }

    public FeedEntry Put(Document document) => Add(document.Company, document.Id, document);

    public FeedEntry Delete(Document document) => Add(document.Company, document.Id, null);

    /// <summary>Forgets all deletions, as a store does after a time.</summary>
    public void Prune()
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values.Where(e => e.Document is null).ToList())
            {
                _entries.Remove(entry.Position);
                _last.Remove(entry.Id);
                _horizons[entry.Company] = entry.Position;
            }
        }
    }

    public ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(company is { } one
                ? _horizons.GetValueOrDefault(one)
                : _horizons.Values.DefaultIfEmpty(FeedPosition.Start).Max());
        }
    }

    public ValueTask<string> GetNameAsync(CancellationToken cancellationToken) => new(Name);

    public async ValueTask<IReadOnlyList<FeedEntry>> ReadSearchableAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(after, limit, company, cancellationToken)).Select(entry => entry with
        {
            Document = entry.Document is { } document ? document with { Data = JsonFields.Empty, Actions = JsonFields.Empty } : null,
        })];

    public ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            throw failure;
        lock (_lock)
        {
            return new([.. _entries.Values
                .Where(e => e.Position > after && (company is null || e.Company == company)).Take(limit)]);
        }
    }

    public ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(new FeedPosition(0, _sequence));
    }

    public async ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_sequence > after.Sequence)
                return;
            changed = _changed.Task;
        }

        await changed.WaitAsync(cancellationToken);
    }

    private FeedEntry Add(CompanyId company, DocumentId id, Document? document)
    {
        lock (_lock)
        {
            if (_last.Remove(id, out var last))
                _entries.Remove(last);
            var entry = new FeedEntry(new FeedPosition(0, ++_sequence), company, id, document);
            _entries.Add(entry.Position, entry);
            _last[id] = entry.Position;
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return entry;
        }
    }
}

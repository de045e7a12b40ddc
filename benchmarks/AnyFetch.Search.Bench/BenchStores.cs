using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;

namespace AnyFetch.Search.Bench;

/// <summary>A feed in memory, which begins behind what the bench applied itself.</summary>
internal sealed class BenchFeed(long first = 0) : IChangeFeed
{
    private readonly Lock _lock = new();
    private readonly List<FeedEntry> _entries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a document; returns its position.</summary>
    public FeedPosition Add(Document document)
    {
        lock (_lock)
        {
            var position = new FeedPosition(0, first + _entries.Count + 1);
            _entries.Add(new FeedEntry(position, document.Company, document.Id, document));
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return position;
        }
    }

    public ValueTask<string> GetNameAsync(CancellationToken cancellationToken) => new("bench");

    /// <summary>The bench's documents have nothing that is only displayed.</summary>
    public ValueTask<IReadOnlyList<FeedEntry>> ReadSearchableAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken) =>
        ReadAsync(after, limit, company, cancellationToken);

    public ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var from = (int)Math.Clamp(after.Sequence - first, 0, _entries.Count);
            return new(_entries.GetRange(from, Math.Min(limit, _entries.Count - from)));
        }
    }

    public ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken) =>
        new(FeedPosition.Start);

    public ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(new FeedPosition(0, first + _entries.Count));
    }

    public async ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (first + _entries.Count > after.Sequence)
                return;
            changed = _changed.Task;
        }

        await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The bench's only company.</summary>
internal sealed class BenchCompanies : ICompanyStore
{
    public ValueTask<IReadOnlyList<Company>> ListAsync(CancellationToken cancellationToken) =>
        new([new Company { Id = Corpus.Company, Name = "bench", Hydraters = [] }]);

    public ValueTask<Company?> FindAsync(CompanyId id, CancellationToken cancellationToken) => new((Company?)null);

    public ValueTask<IReadOnlyList<Company>> ListChildrenAsync(CompanyId parent, CancellationToken cancellationToken) => new([]);

    public ValueTask<CompanyCounts> CountAsync(CompanyId id, CancellationToken cancellationToken) => new(default(CompanyCounts)!);

    public ValueTask<bool> AddAsync(Company company, CancellationToken cancellationToken) => new(false);

    public ValueTask<bool> UpdateAsync(Company company, CancellationToken cancellationToken) => new(false);

    public ValueTask ResetAsync(CompanyId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask RemoveAsync(CompanyId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>Types without a mapping of their own.</summary>
internal sealed class BenchTypes : IDocumentTypeStore
{
    public ValueTask<IReadOnlyList<DocumentType>> ListAsync(CancellationToken cancellationToken) =>
        new([.. Corpus.Types.Select(id => new DocumentType
        {
            Id = id,
            Name = id.ToString(),
            Description = "",
            Templates = new ViewTexts("", "", ""),
            Projections = new ViewTexts("", "", ""),
            Mapping = JsonFields.FromText(
                """{"properties":{"metadata":{"properties":{"hash":{"type":"string","index":"not_analyzed"}}}}}"""),
        })]);

    public ValueTask<bool> AddAsync(DocumentType type, CancellationToken cancellationToken) => new(false);

    public ValueTask PutBuiltInAsync(DocumentType type, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<bool> UpdateAsync(DocumentType type, CancellationToken cancellationToken) => new(false);

    public ValueTask<bool> RemoveAsync(
        DocumentTypeId id, IReadOnlyCollection<CompanyId> companies, CancellationToken cancellationToken) => new(false);
}

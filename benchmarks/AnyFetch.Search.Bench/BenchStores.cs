using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;

namespace AnyFetch.Search.Bench;

/// <summary>The name of a feed; the bench applies changes itself.</summary>
internal sealed class BenchFeed : IChangeFeed
{
    public ValueTask<string> GetNameAsync(CancellationToken cancellationToken) => new("bench");

    public ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken) => new([]);

    public ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken) =>
        new(FeedPosition.Start);

    public ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken) => new(FeedPosition.Start);

    public ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken) => ValueTask.CompletedTask;
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
            Mapping = JsonFields.Empty,
        })]);

    public ValueTask<bool> AddAsync(DocumentType type, CancellationToken cancellationToken) => new(false);

    public ValueTask PutBuiltInAsync(DocumentType type, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<bool> UpdateAsync(DocumentType type, CancellationToken cancellationToken) => new(false);

    public ValueTask<bool> RemoveAsync(
        DocumentTypeId id, IReadOnlyCollection<CompanyId> companies, CancellationToken cancellationToken) => new(false);
}

using AnyFetch.Core.Companies;

namespace AnyFetch.Search.Following;

/// <summary>Builds search indexes anew on demand (<c>anyfetch admin reindex</c>). The old ones answer meanwhile.</summary>
public sealed class Reindexer
{
    private readonly IndexRebuilder _rebuilder;

    internal Reindexer(IndexRebuilder rebuilder) => _rebuilder = rebuilder;

    /// <summary>
    /// Builds one company's index and returns how many documents are in it; null when it is being built already.
    /// </summary>
    public ValueTask<int?> ReindexAsync(
        CompanyId company, IProgress<ReindexProgress>? progress, CancellationToken cancellationToken) =>
        _rebuilder.RebuildAsync(company, progress, cancellationToken);
}

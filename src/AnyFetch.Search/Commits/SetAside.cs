using System.Collections.Immutable;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;

namespace AnyFetch.Search.Commits;

/// <summary>
/// The documents of an index that could not be indexed, with what failed. Whoever changes it holds the index's writing lock;
/// whoever reads gets what it is at the moment.
/// </summary>
internal sealed class SetAside(IEnumerable<UnindexedDocument> known)
{
    /// <summary>Documents that are remembered. More of them are left out as well, but not listed.</summary>
    public const int ListedMax = 1_000;

    private const int ReasonCharsMax = 300;

    private ImmutableDictionary<DocumentId, UnindexedDocument> _documents =
        known.ToImmutableDictionary(d => d.Id);

    private ImmutableQueue<UnindexedDocument> _news = [];

    /// <summary>Those that are set aside now.</summary>
    public IReadOnlyCollection<UnindexedDocument> Documents => [.. Volatile.Read(ref _documents).Values];

    public int Count => Volatile.Read(ref _documents).Count;

    /// <summary>Sets a document aside.</summary>
    public void Add(DocumentId id, Exception failure)
    {
        var reason = $"{failure.GetType().Name}: {failure.Message}";
        var document = new UnindexedDocument(id, reason.Length > ReasonCharsMax ? reason[..ReasonCharsMax] : reason);
        if (_documents.Count >= ListedMax && !_documents.ContainsKey(id))
            return;
        Volatile.Write(ref _documents, _documents.SetItem(id, document));
        ImmutableInterlocked.Enqueue(ref _news, document);
    }

    /// <summary>Takes a document back that is indexed now, or gone.</summary>
    public void Remove(DocumentId id)
    {
        if (!_documents.IsEmpty)
            Volatile.Write(ref _documents, _documents.Remove(id));
    }

    /// <summary>Those that were set aside since this was asked last.</summary>
    public ImmutableQueue<UnindexedDocument> TakeNews() => Interlocked.Exchange(ref _news, []);
}

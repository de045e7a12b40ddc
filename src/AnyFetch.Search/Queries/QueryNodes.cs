using System.Collections;

namespace AnyFetch.Search.Queries;

/// <summary>A list of nodes that compares by content, so that whole queries do.</summary>
internal sealed class QueryNodes(IReadOnlyList<QueryNode> nodes) : IReadOnlyList<QueryNode>, IEquatable<QueryNodes>
{
    public int Count => nodes.Count;

    public QueryNode this[int index] => nodes[index];

    public bool Equals(QueryNodes? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as QueryNodes);

    public override int GetHashCode() =>
        nodes.Aggregate(nodes.Count, (hash, node) => HashCode.Combine(hash, node.GetHashCode()));

    public IEnumerator<QueryNode> GetEnumerator() => nodes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

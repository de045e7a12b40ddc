using AnyFetch.Core.Search;
using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Execution;

/// <summary>Answers one search on one snapshot: segment by segment, window by window.</summary>
internal sealed class SearchRun(IndexSnapshot snapshot, SearchScope scope, WindowNode root, CancellationToken cancellationToken)
{
    private readonly Window _window = new();
    private readonly ulong[] _mask = new ulong[Window.WordCount];

    /// <summary>The page, the counts and the facets of all matches.</summary>
    public SearchResult Search(SearchRequest request)
    {
        var collector = new HitCollector(request);
        for (var i = 0; i < snapshot.Segments.Count; i++)
        {
            collector.Enter(snapshot.Segments[i].Segment);
            scope.Enter(i);
            root.Enter(i);
            Search(collector, snapshot.Segments[i].Segment.RowCount);
            collector.Leave();
        }

        return collector.Result();
    }

    private void Search(HitCollector collector, int rowCount)
    {
        for (var row = root.Seek(0); row < rowCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Window.StartOf(row);
            var isBeyond = collector.IsBounded && collector.IsBeyond(root.Bound(start));
            if (!(isBeyond && collector.IsPageOnly) && scope.FillMask(start, _mask))
            {
                _window.Begin(start, !isBeyond);
                root.Fill(_window, _mask);
                scope.Narrow(_window);
                collector.Collect(_window);
            }

            row = start + Window.RowCount;
            if (row < rowCount)
                row = root.Seek(row);
        }
    }
}

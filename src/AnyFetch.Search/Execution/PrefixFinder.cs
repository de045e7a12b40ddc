using System.Buffers;
using System.Numerics;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Finds rows that have a term or any of the terms with a prefix. Several terms in one row count as one that stands
/// there more often, so their patterns are added up row by row.
/// </summary>
internal sealed class PrefixFinder(LengthNorms norms, CancellationToken cancellationToken)
{
    private const int CancellationTerms = 256;

    /// <summary>The live rows of a segment.</summary>
    public RowMatches Find(SegmentRows rows, byte[] term, bool isPrefix, bool isTextOnly)
    {
        var segment = rows.Segment;
        var terms = new TermCursor(segment.Terms);
        if (!terms.Seek(term) || !IsWanted(terms, term, isPrefix))
            return new RowMatches();
        var words = (segment.RowCount + 63) >> 6;
        var sums = new PatternSums(segment.Patterns);
        var patterns = ArrayPool<int>.Shared.Rent(segment.RowCount);
        var touched = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            touched.AsSpan(0, words).Clear();
            Collect(segment, terms, term, isPrefix, sums, patterns, touched);
            return Take(rows, sums, patterns, touched.AsSpan(0, words), isTextOnly);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(patterns);
            ArrayPool<ulong>.Shared.Return(touched);
        }
    }

    private static bool IsWanted(TermCursor terms, byte[] term, bool isPrefix) =>
        isPrefix ? terms.Term.StartsWith(term) : terms.Term.SequenceEqual(term);

    private void Collect(
        Segment segment, TermCursor terms, byte[] term, bool isPrefix, PatternSums sums, int[] patterns, ulong[] touched)
    {
        var postings = new PostingsCursor();
        var count = 0;
        do
        {
            if (++count % CancellationTerms == 0)
                cancellationToken.ThrowIfCancellationRequested();
            postings.Open(segment, terms.Info);
            do
            {
                postings.DecodeBlock();
                Collect(postings.Rows, postings.Patterns, sums, patterns, touched);
            }
            while (postings.NextBlock());
        }
        while (terms.MoveNext() && IsWanted(terms, term, isPrefix));
    }

    private static void Collect(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> found, PatternSums sums, int[] patterns, ulong[] touched)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            ref var word = ref touched[row >> 6];
            var bit = 1UL << row;
            patterns[row] = (word & bit) == 0 ? found[i] : sums.Add(patterns[row], found[i]);
            word |= bit;
        }
    }

    private RowMatches Take(SegmentRows rows, PatternSums sums, int[] patterns, Span<ulong> touched, bool isTextOnly)
    {
        var count = 0;
        for (var word = 0; word < touched.Length; word++)
            count += BitOperations.PopCount(touched[word] &= rows.Live?[word] ?? ulong.MaxValue);
        var matches = new RowMatches(rows.Segment, sums, norms, count);
        for (var word = 0; word < touched.Length; word++)
        {
            for (var bits = touched[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var pattern = isTextOnly ? sums.TextOnly(patterns[row]) : patterns[row];
                if (pattern >= 0)
                    matches.AddPattern(row, pattern);
            }
        }

        return matches;
    }
}

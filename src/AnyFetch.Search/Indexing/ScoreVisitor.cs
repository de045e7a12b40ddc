using System.Buffers;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// Checks candidates against the whole condition, scores those that match and collects them. Dispose gives the buffers
/// back.
/// </summary>
internal sealed unsafe class ScoreVisitor : MatchVisitor, IDisposable
{
    /// <summary>More occurrences of a phrase in one field count no more.</summary>
    private const int OccurrencesMax = 255;

    private readonly RowColumns _rows;
    private readonly ScoreNode _root;
    private readonly float[] _significance;
    private readonly float[] _scores;
    private readonly float _textAverage;
    private readonly float _fieldsAverage;
    private readonly MatchList _matches;

    /// <param name="filter">What may be found.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="significance">Of each phrase; 0 for those that only need to be there.</param>
    /// <param name="lengths">Average terms of the text and of the other fields.</param>
    /// <param name="matches">Takes what is found.</param>
    public ScoreVisitor(
        RowFilter filter, FtsQuery query, float[] significance, (float Text, float Fields) lengths, MatchList matches)
        : base(filter)
    {
        _rows = filter.Rows;
        _root = query.Score;
        _significance = significance;
        _scores = ArrayPool<float>.Shared.Rent(significance.Length);
        (_textAverage, _fieldsAverage) = lengths;
        _matches = matches;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);

    protected override void Take(int row, Fts5Api* api, nint context)
    {
        var textNorm = Relevance.LengthNorm(Relevance.TextLengthWeight, _rows.TextLengths[row], _textAverage);
        var fieldsNorm = Relevance.LengthNorm(Relevance.FieldsLengthWeight, _rows.FieldsLengths[row], _fieldsAverage);
        var starred = _rows.Starred[row] ? Relevance.StarredFactor : 1;
        for (var phrase = 0; phrase < _significance.Length; phrase++)
            _scores[phrase] = Score(phrase, api, context, textNorm, fieldsNorm, starred);
        var score = _root.Score(_scores.AsSpan(0, _significance.Length));
        if (score >= 0)
            _matches.Add(row, score);
    }

    private float Score(int phrase, Fts5Api* api, nint context, float textNorm, float fieldsNorm, float factor)
    {
        Fts5PhraseIterator iterator;
        int column;
        int offset;
        var result = api->PhraseFirst(context, phrase, &iterator, &column, &offset);
        if (result != 0)
            throw new InvalidOperationException($"FTS5 could not read the positions of a phrase ({result}).");
        if (column < 0)
            return ScoreNode.NoMatch;
        if (_significance[phrase] == 0)
            return 0;
        var sum = 0f;
        while (column >= 0)
        {
            var current = column;
            var occurrences = 0;
            while (column == current)
            {
                if (occurrences < OccurrencesMax)
                    occurrences++;
                api->PhraseNext(context, &iterator, &column, &offset);
            }

            var norm = current == FtsColumns.Text ? textNorm : fieldsNorm;
            sum += FtsColumns.Weights[current] * Relevance.Frequency(occurrences, norm);
        }

        return sum * _significance[phrase] * factor;
    }
}

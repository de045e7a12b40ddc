namespace AnyFetch.Search.Scoring;

/// <summary>
/// Scores one document from what its phrases scored. Below 0 means no match: the full-text table tells which phrases
/// stand in a row, but only the whole condition tells which of them count.
/// </summary>
internal abstract class ScoreNode
{
    public const float NoMatch = -1;

    public abstract float Score(ReadOnlySpan<float> phrases);
}

/// <summary>A phrase, by its place in the query.</summary>
internal sealed class PhraseScore(int phrase) : ScoreNode
{
    public override float Score(ReadOnlySpan<float> phrases) => phrases[phrase];
}

/// <summary>All children, none of the excluded. Optional children add, and who has more of them ranks before.</summary>
internal sealed class EveryScore(ScoreNode[] required, ScoreNode[] optional, ScoreNode[] excluded) : ScoreNode
{
    public override float Score(ReadOnlySpan<float> phrases)
    {
        var sum = 0f;
        foreach (var child in required)
        {
            var score = child.Score(phrases);
            if (score < 0)
                return NoMatch;
            sum += score;
        }

        foreach (var child in excluded)
        {
            if (child.Score(phrases) >= 0)
                return NoMatch;
        }

        return optional.Length == 0 ? sum : LooseScore.Sum(optional, phrases, sum, 1);
    }
}

/// <summary>Any of the children; their scores add up.</summary>
internal sealed class SomeScore(ScoreNode[] children) : ScoreNode
{
    public override float Score(ReadOnlySpan<float> phrases)
    {
        var sum = NoMatch;
        foreach (var child in children)
        {
            var score = child.Score(phrases);
            if (score >= 0)
                sum = Math.Max(sum, 0) + score;
        }

        return sum;
    }
}

/// <summary>Spellings of one thing; the best counts.</summary>
internal sealed class BestScore(ScoreNode[] children) : ScoreNode
{
    public override float Score(ReadOnlySpan<float> phrases)
    {
        var best = NoMatch;
        foreach (var child in children)
            best = Math.Max(best, child.Score(phrases));
        return best;
    }
}

/// <summary>
/// The words of a loose query. The number of words found comes first, so that a document with all of them is never
/// behind one with some; among equals the scores decide.
/// </summary>
internal sealed class LooseScore(ScoreNode[] children) : ScoreNode
{
    private const float HalfScore = 8;

    public override float Score(ReadOnlySpan<float> phrases)
    {
        var score = Sum(children, phrases, 0, 0);
        return score > 0 ? score : NoMatch;
    }

    internal static float Sum(ScoreNode[] children, ReadOnlySpan<float> phrases, float sum, int found)
    {
        foreach (var child in children)
        {
            var score = child.Score(phrases);
            if (score < 0)
                continue;
            found++;
            sum += score;
        }

        return found + sum / (sum + HalfScore);
    }
}

namespace AnyFetch.Filters;

/// <summary>
/// Tells patterns that cannot run away, such as <c>\.(docx?|odt)$</c>: no repetition, and few ways through their
/// alternatives. They go to the engine that backtracks, which needs a hundredth of the other's memory.
/// </summary>
internal static class BoundedPattern
{
    /// <summary>Most ways through a pattern from one place of the value.</summary>
    private const int WaysMax = 1_000;

    /// <summary>Whether a .NET pattern is bounded.</summary>
    internal static bool Is(string pattern)
    {
        // Each group multiplies the ways by its alternatives; an optional one has another way, past it.
        var ways = 1L;
        var alternatives = new Stack<int>([1]);
        for (var at = 0; at < pattern.Length && ways <= WaysMax; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    at = EndOfClass(pattern, at);
                    break;
                case '(':
                    alternatives.Push(1);
                    at += IsPrefixed(pattern, at) ? 2 : 0;
                    break;
                case ')' when alternatives.Count > 1:
                    ways *= alternatives.Pop();
                    break;
                case '|':
                    alternatives.Push(alternatives.Pop() + 1);
                    break;
                case '?':
                    ways *= 2;
                    break;
                case '*' or '+' or '{' or ')':
                    return false;
            }
        }

        return ways * alternatives.Peek() <= WaysMax;
    }

    /// <summary>Whether a group begins with <c>?:</c> or another prefix, whose question mark is no repetition.</summary>
    private static bool IsPrefixed(string pattern, int at) => at + 1 < pattern.Length && pattern[at + 1] == '?';

    private static int EndOfClass(string pattern, int at)
    {
        for (at++; at < pattern.Length && pattern[at] != ']'; at++)
        {
            at += pattern[at] == '\\' ? 1 : 0;
        }

        return at;
    }
}

using AnyFetch.Search.Matching;

namespace AnyFetch.Search.Tests.Matching;

public sealed class FuzzyAutomatonTests
{
    [Fact]
    public void Terms_in_order_are_chosen_as_each_for_itself()
    {
        var random = new Random(5);
        for (var run = 0; run < 200; run++)
        {
            var terms = Enumerable.Range(0, 300).Select(_ => "a" + Letters(random, 8)).Distinct()
                .Order(StringComparer.Ordinal).ToList();
            var pattern = new FuzzyPattern("a" + Letters(random, 7), 1 + run % 2);
            var automaton = new FuzzyAutomaton(pattern, 16);
            foreach (var term in terms)
                Assert.True(pattern.IsMatch(term) == automaton.IsMatch(term), $"{pattern.Term} {pattern.Edits}: {term}");
        }
    }

    private static string Letters(Random random, int max) =>
        string.Concat(Enumerable.Range(0, random.Next(max + 1)).Select(_ => (char)('a' + random.Next(3))));
}

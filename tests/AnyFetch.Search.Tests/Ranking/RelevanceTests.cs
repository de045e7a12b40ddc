using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Search.Tests.Support;
using Xunit.Abstractions;

namespace AnyFetch.Search.Tests.Ranking;

/// <summary>Guards the order of hits: a change that makes it worse must say so here.</summary>
public sealed class RelevanceTests(ITestOutputHelper output)
{
    /// <summary>What is reached now, less a little.</summary>
    private const double StrictMin = 0.92;

    private const double LooseMin = 0.96;

    [Theory]
    [InlineData(true, StrictMin)]
    [InlineData(false, LooseMin)]
    public async Task The_answers_that_a_reader_would_choose_come_first(bool isStrict, double least)
    {
        await using var search = new SearchHarness();
        var names = new Dictionary<DocumentId, string>();
        foreach (var (name, (title, text)) in LabelledCollection.Documents)
            names[await search.AddAsync(JsonSerializer.Serialize(new { title, text }))] = name;
        var sum = 0.0;
        foreach (var (query, answers) in LabelledCollection.Queries)
        {
            var hits = await search.FindAsync(query, r => r with { IsStrict = isStrict, Limit = 10 });
            var gain = Gain(hits.Select(h => answers.GetValueOrDefault(names[h]))) / Gain(answers.Values.OrderDescending());
            output.WriteLine($"{gain:0.000} {query}: {string.Join(' ', hits.Select(h => names[h]))}");
            sum += gain;
        }

        var mean = sum / LabelledCollection.Queries.Count;
        output.WriteLine($"nDCG@10 {mean:0.000}");
        Assert.True(mean >= least, $"nDCG@10 fell to {mean:0.000}.");
    }

    /// <summary>Discounted cumulative gain: what stands further down counts less.</summary>
    private static double Gain(IEnumerable<int> worths) =>
        worths.Select((worth, place) => (Math.Pow(2, worth) - 1) / Math.Log2(place + 2)).Sum();
}

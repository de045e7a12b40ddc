namespace AnyFetch.Search.Bench;

/// <summary>The queries of each class, the same in every run and for every engine.</summary>
internal static class QueryClasses
{
    /// <summary>Queries of a class; they are asked in turn.</summary>
    public const int QueriesEach = 300;

    /// <summary>The class whose page alone is asked for.</summary>
    public const string TopOnly = "common, top 20 only";

    public static IReadOnlyList<QueryClass> Make()
    {
        var random = new Random(42);
        return
        [
            Class("one common", "and", () => [Common()]),
            Class("one medium", "and", () => [Medium()]),
            Class("common and medium", "and", () => [Common(), Medium()]),
            Class("common or medium", "or", () => [Common(), Medium()]),
            Class("three terms or", "or", () => [Common(), Common(), Medium()]),
            Class("phrase", "phrase", () => [Common(), Common()]),
            Class("prefix", "prefix", () => [Medium()[..4]]),
            Class(TopOnly, "and", () => [Common()]),
        ];

        string Common() => Corpus.Word(random.Next(10, 100));
        string Medium() => Corpus.Word(random.Next(1_000, 10_000));

        static QueryClass Class(string name, string kind, Func<string[]> words) =>
            new(name, kind, [.. Enumerable.Range(0, QueriesEach).Select(_ => words())]);
    }
}

/// <summary>Queries of one kind.</summary>
/// <param name="Name">What they ask for.</param>
/// <param name="Kind">How their words are joined: and, or, phrase, prefix.</param>
/// <param name="Queries">The words of each.</param>
internal sealed record QueryClass(string Name, string Kind, IReadOnlyList<string[]> Queries)
{
    /// <summary>A query in our language.</summary>
    public string Text(int number) => Kind switch
    {
        "or" => string.Join(" OR ", Queries[number]),
        "phrase" => $"\"{string.Join(' ', Queries[number])}\"",
        "prefix" => Queries[number][0] + "*",
        _ => string.Join(' ', Queries[number]),
    };
}

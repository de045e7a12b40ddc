using System.Text.RegularExpressions;
using AnyFetch.Client;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>Compares what is found with what is in a directory, file by file.</summary>
internal static partial class DirectoryComparison
{
    private const int SearchPageMax = 1000;
    private const int SearchesAtOnce = 4;
    private const int WordFaultsMax = 500;
    private const int ToldMax = 10;

    /// <summary>
    /// What differs: first the names; once these agree, for each file what the word of its content finds, and what words find
    /// that no file has any more.
    /// </summary>
    public static async Task<IReadOnlyList<DirectoryDifference>> ListAsync(AnyFetchClient api, ChangingDirectory directory)
    {
        var found = new Dictionary<string, string>();
        await foreach (var hit in api.Documents.SearchAllAsync(new DocumentSearch { Limit = SearchPageMax }, default))
        {
            found[PathOf(hit.Identifier)] = hit.Identifier;
        }

        List<DirectoryDifference> names =
        [
            .. directory.Files.Keys.Where(path => !found.ContainsKey(path))
                .Select(path => new DirectoryDifference(path, "not found")),
            .. found.Keys.Where(path => !directory.Files.ContainsKey(path))
                .Select(path => new DirectoryDifference(path, "found, but gone")),
        ];
        return names.Count > 0 ? names : await ListWordsAsync(api, directory);
    }

    /// <summary>How much is left to do. While a name is missing no word is looked up: any name is more than all words.</summary>
    public static int Left(IReadOnlyList<DirectoryDifference> differences) =>
        differences.Any(difference => !difference.What.Contains(':', StringComparison.Ordinal))
            ? WordFaultsMax + SearchesAtOnce + differences.Count
            : differences.Count;

    /// <summary>How many there are of each kind, and the first of them.</summary>
    public static string Tell(IReadOnlyList<DirectoryDifference> differences) => string.Join('\n', differences
        .GroupBy(difference => difference.What.Split(':')[0])
        .Select(kind => $"{kind.Count()} {kind.Key}: "
            + string.Join(", ", kind.Take(ToldMax).Select(difference => $"{difference.Path} {difference.What[kind.Key.Length..]}"))));

    private static async Task<IReadOnlyList<DirectoryDifference>> ListWordsAsync(AnyFetchClient api, ChangingDirectory directory)
    {
        var faults = new List<DirectoryDifference>();
        await Parallel.ForEachAsync(
            directory.Files.Select(file => (Word: file.Value, Path: (string?)file.Key))
                .Concat(directory.Retired.Select(word => (Word: word, Path: (string?)null))),
            new ParallelOptions { MaxDegreeOfParallelism = SearchesAtOnce },
            async (expected, cancellationToken) =>
            {
                if (faults.Count >= WordFaultsMax)
                {
                    return;
                }

                var page = await api.Documents.SearchAsync(new DocumentSearch { Search = expected.Word }, cancellationToken);
                string[] paths = [.. page.Data.Select(hit => PathOf(hit.Identifier))];
                if (!paths.SequenceEqual(expected.Path is null ? [] : [expected.Path]))
                {
                    var what = expected.Path is null ? "found by a word that is gone" : "not found by its word";
                    var fault = new DirectoryDifference(
                        expected.Path ?? paths[0], $"{what}: {expected.Word} finds [{string.Join(", ", paths)}]");
                    lock (faults)
                    {
                        faults.Add(fault);
                    }
                }
            });
        return faults;
    }

    private static string PathOf(string identifier) => Root().Replace(identifier, "");

    [GeneratedRegex("^local://[^/]+/[0-9a-f]{12}")]
    private static partial Regex Root();
}

/// <summary>One file about which search and directory do not agree.</summary>
/// <param name="Path">Its path below the root.</param>
/// <param name="What">What differs; the kind before the first colon.</param>
internal sealed record DirectoryDifference(string Path, string What);

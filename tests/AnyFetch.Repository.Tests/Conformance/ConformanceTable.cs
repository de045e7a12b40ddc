using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Repository.Tests.Conformance;

/// <summary>
/// Which test shows which numbered check of the specifications: from the tests' names (<c>Api_check_11_…</c>,
/// <c>Auth_checks_1_and_4_…</c>), and from checks.txt for tests that are named after what they say alone.
/// </summary>
internal static partial class ConformanceTable
{
    private const string ChecksFile = "tests/AnyFetch.Repository.Tests/Conformance/checks.txt";

    private static readonly Dictionary<string, string> s_specOfPrefix = new()
    {
        ["Api"] = "API",
        ["Legacy"] = "Legacy API",
        ["Auth"] = "Authentication and tenancy",
        ["Search"] = "Search and projections",
        ["Projection"] = "Search and projections",
        ["Protocol"] = "Provider protocol",
        ["Provider"] = "Providers",
        ["Hydration"] = "Hydration",
        ["Hydrater"] = "Hydraters",
    };

    /// <summary>Whose checks a bare <c>Check_7_…</c> means, by where it stands.</summary>
    private static readonly Dictionary<string, string> s_specOfFolder = new()
    {
        ["tests/AnyFetch.Server.Tests/Manager/"] = "Authentication and tenancy",
        ["tests/AnyFetch.Providers.Tests/"] = "Provider protocol",
    };

    /// <summary>Every test of the repository.</summary>
    public static IReadOnlyList<Test> Tests { get; } = [.. FindTests()];

    /// <summary>Every check, in the specifications' order.</summary>
    public static IReadOnlyList<Check> Checks { get; } = [.. ReadChecks()];

    /// <summary>The checks that a test's name says it shows.</summary>
    public static IEnumerable<(string Spec, int Number)> ChecksOf(Test test)
    {
        var match = Name().Match(test.Name);
        if (!match.Success)
        {
            return [];
        }

        var prefix = match.Groups["spec"].Value;
        var spec = prefix.Length > 0
            ? s_specOfPrefix.GetValueOrDefault(prefix)
            : s_specOfFolder.FirstOrDefault(f => test.File.StartsWith(f.Key, StringComparison.Ordinal)).Value;
        return spec is null
            ? throw new InvalidDataException($"{test.File}: nobody knows whose check {test.Name} shows.")
            : match.Groups["number"].Captures.Select(c => (spec, int.Parse(c.Value)));
    }

    /// <summary>The page for people.</summary>
    public static string Write()
    {
        var named = Tests.SelectMany(t => ChecksOf(t).Select(c => (Check: c, Test: t.FullName)))
            .ToLookup(p => p.Check, p => p.Test);
        var page = new StringBuilder("# Conformance\n\n");
        page.Append("What the specifications ask for, check by check, and the tests that show it. This page is made by a ")
            .Append("test from\nthe tests' names; `ANYFETCH_WRITE_DOCS=1 ./test Repository` writes it anew.\n");
        foreach (var spec in Checks.GroupBy(c => c.Spec))
        {
            var rows = spec.Select(c => (c.Number, c.Words, Tests: c.Tests.Concat(named[(c.Spec, c.Number)]).Distinct().ToArray()))
                .ToArray();
            page.Append($"\n## {spec.Key}\n\n{rows.Count(r => r.Tests.Length > 0)} of {rows.Length} checks have a test.\n\n");
            page.Append("| # | what it says | shown by |\n|---|---|---|\n");
            foreach (var (number, words, tests) in rows)
            {
                var shown = tests.Length == 0
                    ? "no test yet"
                    : string.Join("<br>", tests.Order(StringComparer.Ordinal).Select(t => $"`{t}`"));
                page.Append($"| {number} | {words} | {shown} |\n");
            }
        }

        return page.ToString();
    }

    private static IEnumerable<Check> ReadChecks()
    {
        var spec = "";
        foreach (var line in RepositoryRoot.Read(ChecksFile).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                spec = line[2..];
                continue;
            }

            var parts = line.Split('|');
            yield return new Check(spec, int.Parse(parts[0]), parts[1], parts.Length > 2 ? parts[2].Split(", ") : []);
        }
    }

    private static IEnumerable<Test> FindTests() =>
        from file in RepositoryRoot.Files
        where file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
        from Match method in Method().Matches(RepositoryRoot.Read(file))
        orderby file
        select new Test(file, method.Groups["name"].Value);

    [GeneratedRegex(@"^(?:(?<spec>[A-Z][a-z]+)_c|C)hecks?(?:_(?:and_)?(?<number>\d+))+_")]
    private static partial Regex Name();

    [GeneratedRegex(@"\[\w*(?:Fact|Theory)\b[^\]]*\](?:(?!\bpublic\b)[\s\S])*public (?:async )?(?:Task|void) (?<name>\w+)\(")]
    private static partial Regex Method();

    /// <summary>A test's method.</summary>
    internal sealed record Test(string File, string Name)
    {
        public string Class => Path.GetFileNameWithoutExtension(File);

        public string FullName => $"{Class}.{Name}";
    }

    /// <summary>A numbered check, in our words, and the tests that checks.txt names for it.</summary>
    internal sealed record Check(string Spec, int Number, string Words, IReadOnlyList<string> Tests);
}

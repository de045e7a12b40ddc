using System.Text.RegularExpressions;

namespace AnyFetch.Repository.Tests;

/// <summary>The repository's shape: a newcomer finds things where they are expected.</summary>
public sealed partial class LayoutTests
{
    private const int LinesMax = 400;
    private const int LineCharsMax = 150;

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/glossary.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/errors.md")]
    [InlineData("anyfetch")]
    [InlineData("test")]
    [InlineData("bench")]
    [InlineData(".ci/run")]
    public void A_file_that_people_look_for_is_there(string file) =>
        Assert.True(RepositoryRoot.Has(file), $"{file} is missing.");

    [Fact]
    public void No_folder_is_named_after_nothing()
    {
        string[] forbidden = ["Services", "Helpers", "Utils", "Common", "Interfaces", "Misc", "Shared", "Managers"];

        var found = RepositoryRoot.Files.Where(f => f.Split('/').SkipLast(1).Any(forbidden.Contains));

        Assert.Empty(found);
    }

    [Fact]
    public void No_source_file_is_too_long_to_read()
    {
        var found = Sources().Select(f => (File: f, Lines: RepositoryRoot.Read(f).Count(c => c == '\n')))
            .Where(f => f.Lines > LinesMax);

        Assert.Empty(found);
    }

    [Fact]
    public void No_line_is_too_long_to_read()
    {
        var found = Sources().Where(f => f.StartsWith("src", StringComparison.Ordinal) || f.StartsWith("sdk", StringComparison.Ordinal))
            .SelectMany(f => RepositoryRoot.Read(f).Split('\n').Select((line, i) => (File: f, Line: i + 1, line.Length)))
            .Where(l => l.Length > LineCharsMax);

        Assert.Empty(found);
    }

    [Fact]
    public void Nobody_sleeps_for_a_fixed_time_or_reads_the_wall_clock()
    {
        var found = Sources()
            .Where(f => f != "tests/AnyFetch.Repository.Tests/LayoutTests.cs")
            .SelectMany(f => RepositoryRoot.Read(f).Split('\n').Select((line, i) => (File: f, Line: i + 1, Text: line)))
            .Where(l => Clock().IsMatch(l.Text));

        Assert.Empty(found);
    }

    [Fact]
    public void Nothing_is_left_for_later_in_the_product()
    {
        var found = Sources().Where(f => !f.StartsWith("tests", StringComparison.Ordinal))
            .SelectMany(f => RepositoryRoot.Read(f).Split('\n').Select((line, i) => (File: f, Line: i + 1, Text: line)))
            .Where(l => Later().IsMatch(l.Text));

        Assert.Empty(found);
    }

    private static IEnumerable<string> Sources() =>
        RepositoryRoot.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Thread\.Sleep\(|Task\.Delay\(\s*\d+\s*[,)]")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Later();
}

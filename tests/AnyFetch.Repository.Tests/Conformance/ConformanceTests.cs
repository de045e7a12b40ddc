namespace AnyFetch.Repository.Tests.Conformance;

/// <summary>docs/conformance.md says which test shows which check of the specifications, and is never out of date.</summary>
public sealed class ConformanceTests
{
    private const string Page = "docs/conformance.md";

    [Fact]
    public void The_page_lists_the_checks_and_tests_as_they_are()
    {
        var page = ConformanceTable.Write();
        if (Environment.GetEnvironmentVariable("ANYFETCH_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(RepositoryRoot.Path, Page), page);
        }

        Assert.True(
            RepositoryRoot.Has(Page) && RepositoryRoot.Read(Page) == page,
            $"{Page} is out of date; ANYFETCH_WRITE_DOCS=1 ./test Repository writes it anew.");
    }

    [Fact]
    public void Every_test_that_names_a_check_names_one_that_exists()
    {
        var checks = ConformanceTable.Checks.Select(c => (c.Spec, c.Number)).ToHashSet();
        Assert.All(
            ConformanceTable.Tests.SelectMany(ConformanceTable.ChecksOf),
            check => Assert.Contains(check, checks));
    }

    [Fact]
    public void Every_test_that_is_named_for_a_check_exists()
    {
        var known = ConformanceTable.Tests.SelectMany(t => (string[])[t.Class, t.FullName]).ToHashSet();
        Assert.All(ConformanceTable.Checks.SelectMany(c => c.Tests), test => Assert.Contains(test, known));
    }

    [Fact]
    public void Every_specification_numbers_its_checks_from_one_on() => Assert.All(
        ConformanceTable.Checks.GroupBy(c => c.Spec),
        spec => Assert.Equal(Enumerable.Range(1, spec.Count()), spec.Select(c => c.Number)));
}

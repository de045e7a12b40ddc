using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Tests.Library;

public sealed class JunkNamesTests
{
    [Theory]
    [InlineData("build.log", true)]
    [InlineData("/a/BUILD.LOG", true)]
    [InlineData("/a/.git/config", true)]
    [InlineData(@"C:\src\node_modules\x.txt", true)]
    [InlineData(".git", true)]
    [InlineData("/a/.gitignore", false)]
    [InlineData("/a/build.log.txt", false)]
    [InlineData("/a.log/x.txt", false)]
    public void The_default_names_are_found_in_paths(string path, bool isJunk) =>
        Assert.Equal(isJunk, JunkNames.Default.MatchesFile(path));

    [Fact]
    public void A_list_of_ones_own_stands_instead_and_means_its_characters()
    {
        var junk = new JunkNames(["*.i[1]", "a**b"], ["Old (1)"]);
        Assert.True(junk.MatchesFile("/x.i[1]"));
        Assert.False(junk.MatchesFile("/x.i1"));
        Assert.True(junk.MatchesFile("a-to-b"));
        Assert.False(junk.MatchesFile("a/b"));
        Assert.True(junk.MatchesFile("/OLD (1)/x.txt"));
        Assert.True(junk.MatchesFolder("old (1)"));
        Assert.False(junk.MatchesFile("build.log"));
        Assert.False(new JunkNames([], []).MatchesFile("build.log"));
    }

    [Fact]
    public void The_longest_list_fits_into_filters_that_say_the_same()
    {
        var names = Enumerable.Range(0, JunkNames.FilesMax)
            .Select(n => string.Concat(Enumerable.Repeat("*.", JunkNames.NameCharsMax / 2 - 2)) + $"{n:000}").ToList();
        var folders = Enumerable.Range(0, JunkNames.FoldersMax).Select(n => new string('+', JunkNames.NameCharsMax - 3) + $"{n:000}").ToList();
        var junk = new JunkNames(names, folders);
        var filters = junk.Patterns.Select(pattern => FilterBuilder.ForType("file").WithPath(pattern).Build()).ToList();
        Assert.All(
            [names[0].Replace("*", "x", StringComparison.Ordinal), names[^1].Replace("*", "", StringComparison.Ordinal), $"/{folders[^1]}/x.txt"],
            path =>
            {
                Assert.True(junk.MatchesFile(path));
                Assert.Contains(filters, filter => filter.Matches(View(path)));
            });
        Assert.DoesNotContain(filters, filter => filter.Matches(View("/report.txt")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public void What_would_be_no_name_or_every_name_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new JunkNames([name], []));
        Assert.Throws<ArgumentException>(() => new JunkNames([], [name]));
    }

    [Fact]
    public void Too_many_and_too_long_names_are_refused()
    {
        Assert.Null(JunkNames.FindFault(["a", "b"], 2));
        Assert.Equal("has at most 1 names", JunkNames.FindFault(["a", "b"], 1));
        Assert.NotNull(JunkNames.FindFault([new string('a', JunkNames.NameCharsMax + 1)], 1));
    }

    private static JsonElement View(string path) =>
        JsonSerializer.SerializeToElement(new { documentType = new { name = "file" }, metadata = new { path } });
}

using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydration.Tests.Filters;

public sealed class FilterPatternTests
{
    [Theory]
    [InlineData("/a.c/", "a\nc", false)]
    [InlineData("/a.c/", "a\rc", false)]
    [InlineData("/a.c/s", "a\nc", true)]
    [InlineData("/b$/", "b\n", false)]
    [InlineData("/b$/m", "b\nc", true)]
    [InlineData("/^b/m", "a\nb", true)]
    [InlineData(@"/\d/", "٣", false)]
    [InlineData(@"/^\w+$/", "é", false)]
    [InlineData(@"/^\W$/", "é", true)]
    [InlineData(@"/^[\W]$/", "é", true)]
    [InlineData(@"/^[\W]$/", "a", false)]
    [InlineData(@"/^[\D]$/", "5", false)]
    [InlineData(@"/^[\S]$/", " ", false)]
    [InlineData(@"/\s/", "\u00a0", true)]
    [InlineData(@"/^\S$/", "\ufeff", false)]
    [InlineData("/[^]/", "\n", true)]
    [InlineData("/[]/", "a", false)]
    [InlineData(@"/^[\w-]+$/", "a-b", true)]
    [InlineData(@"/^[\w-x]+$/", "-", true)]
    [InlineData(@"/^[a-\d]+$/", "-", true)]
    [InlineData("/[[]/", "[", true)]
    [InlineData("/[a-z-[aeiou]]/", "a]", true)]
    [InlineData(@"/\u0041/", "A", true)]
    [InlineData(@"/\u{1F600}/u", "😀", true)]
    [InlineData(@"/\x41\cJ/", "A\n", true)]
    [InlineData(@"/\a/", "a", true)]
    [InlineData(@"/\A/", "A", true)]
    [InlineData(@"/\z/", "z", true)]
    [InlineData(@"/\//", "/", true)]
    [InlineData(@"/\_/", "_", true)]
    [InlineData(@"/\0/", "\0", true)]
    [InlineData(@"/[\b]/", "\b", true)]
    [InlineData("/a{,5}/", "a{,5}", true)]
    [InlineData("/{x}/", "{x}", true)]
    [InlineData("/a{2}/", "aa", true)]
    [InlineData("/a{2,}b/", "aab", true)]
    [InlineData(@"/(?<year>\d{4})-\k<year>/", "2014-2014", true)]
    [InlineData(@"/(a)\1/", "aa", true)]
    [InlineData("/a(?=b)/", "ab", true)]
    [InlineData("/(?<!x)b/", "xb", false)]
    [InlineData("/straße/i", "STRAßE", true)]
    [InlineData("/I/i", "ı", false)]
    [InlineData("/x # y/", "x # y", true)]
    [InlineData("/a/gy", "ba", true)]
    public void Patterns_mean_what_they_mean_in_ECMAScript(string pattern, string value, bool isFound)
    {
        var parsed = FilterPattern.Parse(pattern, out var error);
        Assert.Null(error);
        Assert.Equal(isFound, parsed!.IsFoundIn(value));
    }

    [Theory]
    [InlineData("/(?i)a/")]
    [InlineData("/(?#x)/")]
    [InlineData("/(?>a)/")]
    [InlineData("/(?<a-b>x)/")]
    [InlineData("/[/")]
    [InlineData("/(/")]
    [InlineData("/a**/")]
    [InlineData(@"/\u{110000}/u")]
    [InlineData(@"/\p{Nonsense}/u")]
    public void What_ECMAScript_does_not_know_is_refused(string pattern)
    {
        Assert.Null(FilterPattern.Parse(pattern, out var error));
        Assert.NotNull(error);
    }

    [Theory]
    [InlineData("/x/", true)]
    [InlineData("//", true)]
    [InlineData("/x/gimsuy", true)]
    [InlineData("/x/q", false)]
    [InlineData("x/", false)]
    [InlineData("/", false)]
    [InlineData("/home/me", false)]
    [InlineData("", false)]
    public void A_pattern_is_told_from_text(string text, bool isPattern) =>
        Assert.Equal(isPattern, FilterPattern.IsPattern(text));

    [Fact]
    public void Any_text_between_slashes_compiles_or_is_refused() => Prop.ForAll<NonNull<string>, string>((text, value) =>
    {
        var pattern = FilterPattern.Parse($"/{text.Get}/", out var error);
        pattern?.IsFoundIn(value ?? "");
        return pattern is null != error is null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Any_mix_of_syntax_compiles_or_is_refused()
    {
        string[] parts =
            ["a", "\\", "[", "]", "(", ")", "(?:", "(?<n>", "{", "}", "2", ",", "^", "$", ".", "*", "+", "?", "|", "-", "d", "u", "W", "/"];
        Prop.ForAll<int[]>(picks =>
        {
            var text = string.Concat(picks.Select(p => parts[(int)((uint)p % parts.Length)]));
            var pattern = FilterPattern.Parse($"/{text}/", out var error);
            pattern?.IsFoundIn("a2d-uW");
            return pattern is null != error is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData("/(a+)+$/", true)]
    [InlineData("/(.*a){25}b/", true)]
    [InlineData("/a+b/", true)]
    [InlineData("/(?=(a+)+$)b/", false)]
    [InlineData(@"/^(a|aa|a?)*?x\1$/", false)]
    public void A_pattern_that_can_run_away_never_backtracks_or_not_for_long(string text, bool isLinear)
    {
        var pattern = FilterPattern.Parse(text, out _)!;
        Assert.Equal(isLinear, pattern.IsLinear);
        Assert.InRange(
            pattern.SearchTimeMax.TotalMilliseconds,
            1,
            isLinear ? FilterPattern.LinearMilliseconds : FilterPattern.BacktrackingMilliseconds);
    }

    [Theory]
    [InlineData(@"\.(docx?|odt)$", true)]
    [InlineData(@"^image\/(jpeg|png|gif|bmp|tiff|webp|heic|heif|avif)($|;)", true)]
    [InlineData(@"\*\+[*+{]", true)]
    [InlineData(@"[\]*]a", true)]
    [InlineData("a*", false)]
    [InlineData("a+", false)]
    [InlineData("a{1,3}", false)]
    [InlineData("(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b", false)]
    [InlineData("((((((((((a?)?)?)?)?)?)?)?)?)?)?b", false)]
    [InlineData("a?a?a?a?a?a?a?a?a?a?b", false)]
    public void Only_patterns_that_cannot_run_away_are_bounded(string pattern, bool isBounded) =>
        Assert.Equal(isBounded, BoundedPattern.Is(pattern));
}

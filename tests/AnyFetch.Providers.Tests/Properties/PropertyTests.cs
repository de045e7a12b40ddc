using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Providers.Tests.Properties;

public sealed class PropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<string> Segment = Gen.Elements("a", "ab", "b.txt", ".x", "ü", "[", "*", "**", "?", "(", "a b", "+");

    // Short enough for the reference below, which tries every way.
    private static readonly Gen<string> Paths = Gen.Choose(1, 5)
        .SelectMany(length => Segment.ListOf(length)).Select(parts => "/" + string.Join('/', parts));

    [Fact]
    public void A_title_never_fails_never_starts_in_lower_case_and_holds_no_separator_of_paths() =>
        Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<string?>(), path =>
        {
            var title = ReadableTitle.FromPath(path);
            return title is null
                ? (path ?? "").Trim('/', '\\').Length == 0
                : title.Length > 0 && !char.IsAsciiLetterLower(title[0]) && !title.Contains('/', StringComparison.Ordinal);
        }));

    [Fact]
    public void A_glob_parses_whatever_it_holds_and_matches_like_a_plain_reference() =>
        Check.One(Runs, Prop.ForAll(Paths.ToArbitrary(), Paths.ToArbitrary(), (pattern, path) =>
            Glob.Parse(pattern).Matches(path) == Reference(pattern.Trim('/').AsSpan(), path.AsSpan(1))));

    [Theory]
    [InlineData("*.txt", "/a/b.txt", true)]
    [InlineData("*.txt", "/a.txt/b", false)]
    [InlineData("/a/*.txt", "/a/b.txt", true)]
    [InlineData("/a/*.txt", "/a/b/c.txt", false)]
    [InlineData("a/**/c", "/a/c", true)]
    [InlineData("a/**/c", "/a/b/b/c", true)]
    [InlineData("a/**", "/a/b/c", true)]
    [InlineData("a/**", "/ab/c", false)]
    [InlineData("a?c/x", "/abc/x", true)]
    [InlineData("a?c/x", "/a/c/x", false)]
    public void A_glob_matches_as_documented(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Glob.Parse(pattern).Matches(path));

    [Fact]
    public void A_hostile_glob_is_judged_in_linear_time() => Growth.IsLinear(64_000, size =>
    {
        var glob = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 400)));
        var path = "/" + new string('a', size) + "b";
        return () => Assert.False(glob.Matches(path));
    });

    [Fact]
    public void A_session_opens_only_what_it_sealed() =>
        Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var code = text ?? "";
            var sealedCode = ConnectSession.Seal("secret", code);
            var back = ConnectSession.TryOpen("secret", sealedCode, out var opened);
            return back && System.Text.Encoding.UTF8.GetBytes(opened!).AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(code))
                && !ConnectSession.TryOpen("other", sealedCode, out _)
                && !ConnectSession.TryOpen("secret", code, out _);
        }));

    [Fact]
    public void A_queued_item_comes_back_as_it_was() =>
        Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Paths.ToArbitrary(), (text, path) =>
        {
            var clean = string.Concat(text.Get.Where(letter => !char.IsSurrogate(letter)));
            var item = new SyncItem.Upsert(path)
            {
                SourceId = clean,
                Document = new DocumentDraft { Metadata = new JsonObject { ["t"] = clean }, UserAccess = [clean] },
                Payload = new JsonObject { ["p"] = path },
            };
            var back = ItemPayload.Parse(ItemPayload.Format(item));
            return back.SourceId == clean && (string?)back.Document!.Metadata!["t"] == clean
                && back.Document.UserAccess![0] == clean && (string?)back.Payload!["p"] == path;
        }));

    [Fact]
    public void Composing_twice_is_composing_once_and_ascii_is_untouched() =>
        Check.One(Runs, Prop.ForAll(
            Gen.Elements("a", "e", "o", "\u0300", "\u0301", "\u0308", "\u0327", "\u0323", "ü", "\u1112", "\u1161", "\u11AB", "한", "Å", "\u212B")
                .ListOf().Select(string.Concat).ToArbitrary(),
            text => CanonicalText.Compose(CanonicalText.Compose(text)) == CanonicalText.Compose(text)));

    [Theory]
    [InlineData("nai\u0308ve", "na\u00EFve")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("e\u0323\u0302", "\u1EC7")]
    [InlineData("e\u0302\u0323", "\u1EC7")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\uD834\uDD57\uD834\uDD65", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("a\u0301\u0301", "\u00E1\u0301")]
    [InlineData("\u0915\u093C", "\u0915\u093C")]
    [InlineData("\uD800x\u0301", "\uD800x\u0301")]
    public void Names_are_composed_as_unicode_says(string apart, string composed) =>
        Assert.Equal(composed, CanonicalText.Compose(apart));

    [Fact]
    public void Prefix_ranges_hold_exactly_what_starts_with_the_prefix() =>
        Check.One(Runs, Prop.ForAll(Paths.ToArbitrary(), Paths.ToArbitrary(), (prefix, path) =>
        {
            var inRange = Bytes(path).SequenceCompareTo(Bytes(prefix)) >= 0
                && Bytes(path).SequenceCompareTo(Bytes(PrefixRange.End(prefix))) < 0;
            return inRange == path.StartsWith(prefix, StringComparison.Ordinal);
        }));

    [Fact]
    public void The_readme_shows_the_sample_that_is_compiled()
    {
        var readme = RepositoryRoot.Read("sdk/AnyFetch.Provider/README.md");
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.At("samples/JsonFeedProvider"), "*.cs"))
        {
            Assert.Contains(File.ReadAllText(file), readme, StringComparison.Ordinal);
        }
    }

    private static ReadOnlySpan<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    // Slow and obvious: tries every way.
    private static bool Reference(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern.StartsWith("**/"))
        {
            for (var i = 0; i <= path.Length; i++)
            {
                if ((i == 0 || path[i - 1] == '/') && Reference(pattern[3..], path[i..]))
                {
                    return true;
                }
            }

            return false;
        }

        if (pattern[0] == '*')
        {
            var isDouble = pattern.StartsWith("**");
            for (var i = 0; i <= path.Length && (i == 0 || isDouble || path[i - 1] != '/'); i++)
            {
                if (Reference(pattern[(isDouble ? 2 : 1)..], path[i..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !path.IsEmpty && (pattern[0] == '?' ? path[0] != '/' : pattern[0] == path[0])
            && Reference(pattern[1..], path[1..]);
    }
}

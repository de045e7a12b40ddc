using AnyFetch.Search.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Search.Tests.Queries;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("welcome OR bye AND hello", "welcome OR bye AND hello")]
    [InlineData("welcome OR (bye AND hello)", "welcome OR bye AND hello")]
    [InlineData("\"hello there\" OR welcome here", "\"hello there\" OR welcome here")]
    [InlineData("a (b)", "a b")]
    [InlineData("a && b || c", "a AND b OR c")]
    [InlineData("a&&b", "a AND b")]
    [InlineData("a and B Or c", "a AND B OR c")]
    [InlineData("-a !b NOT c +d", "-a -b -c +d")]
    [InlineData("\"(a OR b) \\\" c\"", "\"(a OR b) \\\" c\"")]
    [InlineData("a* b~ c~1 d?e f?", "a* b~ c~1 d?e f\\?")]
    [InlineData("key:term key:(a OR b) key:\"x y\"", "key:term key:(a OR b) key:\"x y\"")]
    [InlineData("foo-bar a.b@c.d", "foo\\-bar a.b@c.d")]
    [InlineData("12:30 http://x/y", "12\\:30 http\\://x/y")]
    [InlineData("\\OR \\(", "\\OR \\(")]
    [InlineData("[a] {b} c^d", "\\[a\\] \\{b\\} c\\^d")]
    public void The_grammar_reads_as_specified(string query, string expected)
    {
        var parsed = QueryParser.Parse(query);

        Assert.Null(parsed.Error);
        Assert.Equal(expected, QueryText.Write(parsed.Query!));
    }

    [Fact]
    public void An_escaped_space_keeps_one_term()
    {
        Assert.Equal(new WordNode("hello OR there"), QueryParser.Parse("hello\\ \\OR\\ there").Query);
    }

    [Theory]
    [InlineData("(\"hello", "quote")]
    [InlineData(")\" bye\"", "')'")]
    [InlineData("\" bye\")", "parenthesis")]
    [InlineData("(a", "parenthesis")]
    [InlineData("a)", "parenthesis")]
    [InlineData("()", "')'")]
    [InlineData("AND a", "'AND'")]
    [InlineData("a OR", "ends")]
    [InlineData("a OR AND b", "'AND'")]
    [InlineData("a -", "'-'")]
    [InlineData("+ a", "'+'")]
    [InlineData("NOT", "ends")]
    [InlineData("a \\", "escapes nothing")]
    [InlineData(":", "':'")]
    [InlineData("a: b", "'a:'")]
    [InlineData("a:", "'a:'")]
    [InlineData(":b", "':'")]
    public void A_malformed_query_gives_a_reason(string query, string reason)
    {
        var parsed = QueryParser.Parse(query);

        Assert.Null(parsed.Query);
        Assert.Contains(reason, parsed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_blank_query_is_none(string? query)
    {
        Assert.Equal(new QueryParseResult(null, null), QueryParser.Parse(query));
    }

    [Fact]
    public void A_query_is_bounded_in_length_words_and_depth()
    {
        Assert.NotNull(QueryParser.Parse(new string('a', 4_097)).Error);
        Assert.NotNull(QueryParser.Parse(string.Join(' ', Enumerable.Repeat("a", QueryParser.ClausesMax + 1))).Error);
        Assert.NotNull(QueryParser.Parse(new string('(', 200) + "a" + new string(')', 200)).Error);
        Assert.NotNull(QueryParser.Parse(new string('-', 200) + "a").Error);
        Assert.Null(QueryParser.Parse(string.Join(' ', Enumerable.Repeat("a", QueryParser.ClausesMax))).Error);
    }

    [Fact]
    public void No_input_makes_the_parser_throw_or_say_nothing()
    {
        var alphabet = Gen.Elements("a", "b", " ", "(", ")", "\"", "\\", "+", "-", "!", "&", "|", "*", "?", "~", ":", " AND ",
            " or ", "NOT ", "é", "\0", "\ud800", "{", "^", "1", "//");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
            alphabet.ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
            text =>
            {
                var parsed = QueryParser.Parse(text);
                return string.IsNullOrWhiteSpace(text)
                    ? parsed.Query is null && parsed.Error is null
                    : parsed.Query is null == parsed.Error is not null;
            }));
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
            Node(3).ToArbitrary(),
            node =>
            {
                var text = QueryText.Write(node);
                var first = QueryParser.Parse(text);
                var second = first.Query is null ? null : QueryParser.Parse(QueryText.Write(first.Query)).Query;
                return first.Error is null && first.Query == node && second == node;
            }));
    }

    private static Gen<QueryNode> Node(int depth)
    {
        var word = Gen.Elements("a", "foo", "or", "AND", "x y", "a-b", "(", "\"", "e@f.g", "q?", "é", "*x*", "k:v", "\\");
        var plain = Gen.Elements("a", "foo", "bar");
        var leaf = Gen.OneOf(
            word.Select(w => (QueryNode)new WordNode(w)),
            word.Select(w => (QueryNode)new PhraseNode(w)),
            plain.Select(w => (QueryNode)new PrefixNode(w)),
            plain.Select(w => (QueryNode)new WildcardNode(w + "?b")),
            plain.Select(w => (QueryNode)new FuzzyNode(w, null)),
            plain.Select(w => (QueryNode)new FuzzyNode(w, 2)));
        if (depth == 0)
            return leaf;
        var unit = Gen.OneOf(leaf, Node(depth - 1).Select(n => (QueryNode)new NotNode(n)),
            Node(depth - 1).Select(n => (QueryNode)new RequiredNode(n)),
            Node(depth - 1).Select(n => (QueryNode)new KeyNode("key", n)));

        // Directly nested lists of one kind are written alike whatever their grouping, so they are not made.
        return Gen.OneOf(
            unit,
            unit.Two().Select(t => (QueryNode)new AndNode(new QueryNodes([t.Item1, t.Item2]))),
            unit.Two().Select(t => (QueryNode)new ListNode(new QueryNodes([t.Item1, t.Item2]))),
            unit.Two().Select(t => (QueryNode)new OrNode(new QueryNodes([t.Item1, t.Item2]))));
    }
}

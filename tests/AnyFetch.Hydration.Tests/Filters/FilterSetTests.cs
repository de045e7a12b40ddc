using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydration.Tests.Filters;

public sealed class FilterSetTests
{
    [Theory]
    // Equality.
    [InlineData("""{"a":"x"}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":"X"}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("""{"a":"x"}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":""}""", """{"a":""}""", false)]
    [InlineData("""{"a":".md"}""", """{"a":"notes.md"}""", false)]
    // Patterns.
    [InlineData("""{"a":"/\\.(md|mkd)$/i"}""", """{"a":"/Notes.MKD"}""", true)]
    [InlineData("""{"a":"/\\.(md|mkd)$/"}""", """{"a":"/Notes.MKD"}""", false)]
    [InlineData("""{"a":{"$match":"/^no/"}}""", """{"a":"notes"}""", true)]
    [InlineData("""{"a":{"$match":"/^\\/x\\/$/"}}""", """{"a":"/x/"}""", true)]
    [InlineData("""{"a":"/x/"}""", """{"a":"xx"}""", true)]
    [InlineData("""{"a":"/x/"}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":"/x/"}""", """{"a":{"x":"x"}}""", false)]
    [InlineData("""{"a":"/1/"}""", """{"a":1}""", false)]
    // Contains.
    [InlineData("""{"a":{"$contains":42}}""", """{"a":[1,42]}""", true)]
    [InlineData("""{"a":{"$contains":42}}""", """{"a":42}""", true)]
    [InlineData("""{"a":{"$contains":42}}""", """{"a":["42"]}""", false)]
    [InlineData("""{"a":{"$contains":"42"}}""", """{"a":[42]}""", false)]
    [InlineData("""{"a":{"$contains":"x"}}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":{"$contains":"x"}}""", """{"a":"xy"}""", false)]
    [InlineData("""{"a":{"$contains":0}}""", """{"a":0}""", false)]
    [InlineData("""{"a":{"$contains":"x"}}""", """{"a":{"x":1}}""", false)]
    [InlineData("""{"a":{"$containsTypeInsensitive":42}}""", """{"a":["42"]}""", true)]
    [InlineData("""{"a":{"$containsTypeInsensitive":"42"}}""", """{"a":42.0}""", true)]
    [InlineData("""{"a":{"$containsTypeInsensitive":"43"}}""", """{"a":[42]}""", false)]
    // Absence.
    [InlineData("""{"a":{"$missing":true}}""", "{}", true)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":0}""", true)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":0.0}""", true)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":""}""", true)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":false}""", true)]
    [InlineData("""{"a":{"b":{"$missing":true}}}""", """{"a":{"b":null}}""", true)]
    [InlineData("""{"a":{"b":{"$missing":true}}}""", "{}", false)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":[]}""", false)]
    [InlineData("""{"a":{"$missing":true}}""", """{"a":{}}""", false)]
    [InlineData("""{"a":{"$missing":false}}""", """{"a":1}""", false)]
    // Emptiness.
    [InlineData("""{"a":{"$empty":true}}""", """{"a":[]}""", true)]
    [InlineData("""{"a":{"$empty":true}}""", """{"a":""}""", false)]
    [InlineData("""{"a":{"$empty":true}}""", "{}", false)]
    [InlineData("""{"a":{"$empty":true}}""", """{"a":[0]}""", false)]
    [InlineData("""{"a":{"$empty":true}}""", """{"a":7}""", false)]
    [InlineData("""{"a":{"$empty":"allowMissing"}}""", "{}", true)]
    [InlineData("""{"a":{"$empty":"allowMissing"}}""", """{"a":[]}""", true)]
    [InlineData("""{"a":{"$empty":"allowMissing"}}""", """{"a":0}""", true)]
    [InlineData("""{"a":{"$empty":"allowMissing"}}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":{"$notEmpty":true}}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":{"$notEmpty":true}}""", """{"a":["x"]}""", true)]
    [InlineData("""{"a":{"$notEmpty":true}}""", """{"a":[]}""", false)]
    [InlineData("""{"a":{"$notEmpty":true}}""", """{"a":3}""", false)]
    [InlineData("""{"a":{"$notEmpty":true}}""", "{}", false)]
    // Nesting.
    [InlineData("""{"a":{"b":{"c":"x"}}}""", """{"a":{"b":{"c":"x","d":1}}}""", true)]
    [InlineData("""{"a":{"b":{"c":"x"}}}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":"b"}""", false)]
    [InlineData("""{"a":{"1":"y"}}""", """{"a":["x","y"]}""", true)]
    [InlineData("""{"a":{"2":"y"}}""", """{"a":["x","y"]}""", false)]
    [InlineData("""{"a":{}}""", """{"a":{}}""", true)]
    [InlineData("""{"a":{}}""", """{"a":"x"}""", false)]
    // What never holds.
    [InlineData("""{"a":1}""", """{"a":1}""", false)]
    [InlineData("""{"a":true}""", """{"a":true}""", false)]
    [InlineData("""{"a":null}""", """{}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":{"$like":"x"}}""", """{"a":"x"}""", false)]
    // All keys and all operators must hold.
    [InlineData("""{"a":"x","b":"y"}""", """{"a":"x","b":"y"}""", true)]
    [InlineData("""{"a":"x","b":"y"}""", """{"a":"x","b":"z"}""", false)]
    [InlineData("""{"a":{"$notEmpty":true,"$contains":"x"}}""", """{"a":["x"]}""", true)]
    [InlineData("""{"a":{"$notEmpty":true,"$contains":"x"}}""", """{"a":["y"]}""", false)]
    [InlineData("""{"a":{"$notEmpty":true,"b":"y"}}""", """{"a":{"b":"y"}}""", true)]
    [InlineData("""{"a":{"$notEmpty":true,"b":"y"}}""", """{"a":{"b":"z"}}""", false)]
    public void Each_constraint_holds_and_fails(string constraints, string metadata, bool holds)
    {
        var filters = Sample.Filters($$"""[{"metadata":{{constraints}}}]""");
        var document = Sample.Document() with { Metadata = Fields(metadata) };
        Assert.Equal(holds, filters.Matches(document, Sample.FileType));
        Assert.Equal(holds, filters.Explain(document, Sample.FileType) is null);
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData("[{}]", true)]
    [InlineData("""[{"metadata":{"no":"x"}},{"documentType":{"name":"file"}}]""", true)]
    [InlineData("""[{"documentType":{"id":"5252ce4ce4cfcd16f55cfa3b"}}]""", true)]
    [InlineData("""[{"documentType":{"name":"email"}}]""", false)]
    [InlineData("""[{"documentType":"file"}]""", false)]
    [InlineData("""[{"identifier":"/^d/"}]""", true)]
    [InlineData("""[{"unheard":"of"}]""", false)]
    [InlineData("""[{"unheard":{"$missing":true}}]""", true)]
    [InlineData("""[{"$missing":true}]""", false)]
    [InlineData("""[{"related":{"$contains":"r1"}}]""", true)]
    [InlineData("""[{"userAccess":{"$missing":true}}]""", true)]
    [InlineData("""[{"source":{"$missing":true}}]""", true)]
    [InlineData("""[{"actions":{"show":"/^http/"}}]""", true)]
    [InlineData("""[{"data":{"html":{"$missing":true}}}]""", true)]
    [InlineData("""[{"hydratedBy":{"$contains":"http://done/"}}]""", true)]
    [InlineData("""[{"hydratedBy":{"$contains":"http://failed/"}}]""", false)]
    [InlineData("""[{"hydrating":{"$contains":"http://busy/"}}]""", true)]
    [InlineData("""[{"hydrating":{"$empty":true}}]""", false)]
    public void Every_field_of_a_document_can_be_asked_for(string filters, bool matches)
    {
        var document = Sample.Document() with
        {
            Related = ["r1"],
            Actions = Fields("""{"show":"http://x/"}"""),
            Hydration = new HydrationState
            {
                Runs =
                [
                    new("http://done/", HydraterRunState.Done, Sample.Now) { EndedAt = Sample.Now },
                    new("http://busy/", HydraterRunState.Hydrating, Sample.Now),
                    new("http://failed/", HydraterRunState.Errored, Sample.Now),
                ],
            },
        };
        Assert.Equal(matches, Sample.Filters(filters).Matches(document, Sample.FileType));
    }

    [Fact]
    public void Only_a_document_with_a_file_has_a_file_path()
    {
        var filters = Sample.Filters("""[{"filePath":"/^./"}]""");
        Assert.True(filters.NeedsFile);
        Assert.False(filters.Matches(Sample.Document(), Sample.FileType));
        Assert.True(filters.Matches(Sample.Document(file: Sample.File), Sample.FileType));
    }

    [Theory]
    [InlineData("""[{"filePath":"/^./"},{}]""", false)]
    [InlineData("""[{"filePath":{"$missing":true}}]""", false)]
    [InlineData("""[{"filePath":{"$notEmpty":true},"metadata":{}},{"filePath":"/./"}]""", true)]
    [InlineData("[]", false)]
    public void Whether_a_file_is_needed_is_known_beforehand(string filters, bool needsFile) =>
        Assert.Equal(needsFile, Sample.Filters(filters).NeedsFile);

    [Theory]
    [InlineData("""[{"metadata":{"path":"/(/"}}]""", "[metadata.path]")]
    [InlineData("""[{"a":{"$match":"no slashes"}}]""", "[a.$match]")]
    [InlineData("""[{"a":"/(?i)x/"}]""", "[a]")]
    [InlineData("""[{"a":"/[x/"}]""", "[a]")]
    [InlineData("""[{"a":"/x{999}{999}/"}]""", "[a]")]
    [InlineData("{}", "list")]
    [InlineData("[1]", "list")]
    [InlineData("nonsense", "JSON")]
    [InlineData("""[{"a":"\ud800"}]""", "Unicode")]
    public void What_cannot_be_compiled_is_refused_with_the_place(string filters, string says)
    {
        Assert.Null(FilterSet.Parse(filters, out var error));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_long_and_many_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "\"x\"" + new string('}', 40);
        Assert.Null(FilterSet.Parse($"[{deep}]", out _));
        Assert.Null(FilterSet.Parse(new string(' ', FilterSet.CharsMax + 1), out _));
        var many = string.Join(',', Enumerable.Range(0, 1_001).Select(i => $"\"k{i}\":\"x\""));
        Assert.Null(FilterSet.Parse($"[{{{many}}}]", out _));
    }

    [Fact]
    public void The_explanation_names_the_failing_key_and_not_the_value()
    {
        var filters = Sample.Filters("""[{"documentType":{"name":"file"},"metadata":{"path":"/\\.csv$/i"}}]""");
        var document = Sample.Document("""{"path":"secret.pdf"}""");
        Assert.Equal(@"[metadata.path]: does not match /\.csv$/i", filters.Explain(document, Sample.FileType));
        Assert.Equal("[metadata.path]: is missing", filters.Explain(Sample.Document(), Sample.FileType));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_pathological_pattern_on_a_megabyte_gives_up()
    {
        var value = new string('a', 1_000_000) + "!";
        var document = Sample.Document() with { Metadata = Fields($$"""{"text":"{{value}}"}""") };
        foreach (var pattern in (string[])["^(a+)+$", "(a|a)*b", "(?=(a+)+$)b", @"^(a|aa)+\1$"])
        {
            var quoted = System.Text.Json.JsonSerializer.Serialize($"/{pattern}/");
            var filters = Sample.Filters("[{\"metadata\":{\"text\":{\"$match\":" + quoted + "}}}]");
            Assert.False(await Task.Run(() => filters.Matches(document, Sample.FileType)));
        }
    }

    [Fact]
    public void Any_constraint_over_any_value_gives_an_answer() => Prop.ForAll<int, int>((one, other) =>
    {
        var filters = FilterSet.Parse("[{\"metadata\":{\"a\":" + Json(new Random(one), 3) + "}}]", out var error);
        var document = Sample.Document() with { Metadata = Fields($$"""{"a":{{Json(new Random(other), 3)}}}""") };
        return filters is null
            ? error is not null
            : filters.Matches(document, Sample.FileType) == filters.Explain(document, Sample.FileType) is null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static JsonFields Fields(string json) =>
        JsonFields.FromTrusted(System.Text.Encoding.UTF8.GetBytes(json));

    private static string Json(Random random, int depth) => random.Next(depth > 0 ? 12 : 8) switch
    {
        0 => "0",
        1 => "true",
        2 => "null",
        3 => "\"\"",
        4 => "\"x\"",
        5 => "\"/^x/i\"",
        6 => "42",
        7 => "\"42\"",
        8 => $"[{Json(random, depth - 1)},{Json(random, depth - 1)}]",
        9 => $$"""{"a":{{Json(random, depth - 1)}},"0":{{Json(random, depth - 1)}}}""",
        10 => $$"""{"$contains":{{Json(random, depth - 1)}},"$empty":{{Json(random, depth - 1)}}}""",
        _ => """{"$notEmpty":true,"$missing":true}""",
    };
}

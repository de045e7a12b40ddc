using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>The constraint language (hydration.md §2, conformance checks 10-13).</summary>
public sealed class HydraterFilterTests
{
    [Theory]
    [InlineData("""{"k":"abc"}""", """{"k":"abc"}""", """{"k":"Abc"}""")]
    [InlineData("""{"k":"abc"}""", """{"k":"abc"}""", """{"k":["abc"]}""")]
    [InlineData("""{"k":"42"}""", """{"k":"42"}""", """{"k":42}""")]
    [InlineData("""{"k":"/b+/"}""", """{"k":"abbc"}""", """{"k":"ac"}""")]
    [InlineData("""{"k":{"$match":"/^A/i"}}""", """{"k":"abc"}""", """{"k":"bac"}""")]
    [InlineData("""{"k":"/a/"}""", """{"k":"a"}""", """{"k":["a"]}""")]
    [InlineData("""{"k":{"$contains":"x"}}""", """{"k":["y","x"]}""", """{"k":["y"]}""")]
    [InlineData("""{"k":{"$contains":"x"}}""", """{"k":"x"}""", """{"k":"xy"}""")]
    [InlineData("""{"k":{"$contains":42}}""", """{"k":[42]}""", """{"k":["42"]}""")]
    [InlineData("""{"k":{"$containsTypeInsensitive":42}}""", """{"k":["42"]}""", """{"k":["43"]}""")]
    [InlineData("""{"k":{"$missing":true}}""", """{}""", """{"k":[]}""")]
    [InlineData("""{"k":{"$missing":true}}""", """{"k":0}""", """{"k":1}""")]
    [InlineData("""{"k":{"$empty":true}}""", """{"k":[]}""", """{}""")]
    [InlineData("""{"k":{"$empty":true}}""", """{"k":{}}""", """{"k":[0]}""")]
    [InlineData("""{"k":{"$empty":"allowMissing"}}""", """{}""", """{"k":["x"]}""")]
    [InlineData("""{"k":{"$empty":"allowMissing"}}""", """{"k":[]}""", """{"k":"x"}""")]
    [InlineData("""{"k":{"$notEmpty":true}}""", """{"k":["x"]}""", """{"k":[]}""")]
    [InlineData("""{"k":{"$notEmpty":true}}""", """{"k":"x"}""", """{"k":""}""")]
    [InlineData("""{"k":{"a":{"b":"c"}}}""", """{"k":{"a":{"b":"c"}}}""", """{"k":{"a":"b"}}""")]
    [InlineData("""{"k":{"0":"c"}}""", """{"k":["c"]}""", """{"k":"c"}""")]
    [InlineData("""{"a":"1","b":"2"}""", """{"a":"1","b":"2"}""", """{"a":"1"}""")]
    [InlineData("""{"k":{"$contains":"x","$match":"/^x$/"}}""", """{"k":"x"}""", """{"k":["x"]}""")]
    public void Each_constraint_has_its_match_and_its_miss(string filter, string match, string miss)
    {
        Assert.True(Matches(filter, match), $"{filter} should match {match}");
        Assert.False(Matches(filter, miss), $"{filter} should not match {miss}");
    }

    [Theory]
    [InlineData("{\"k\":42}")]
    [InlineData("{\"k\":true}")]
    [InlineData("{\"k\":null}")]
    [InlineData("{\"k\":{\"$unknown\":\"x\"}}")]
    [InlineData("{\"k\":[\"x\"]}")]
    public void Numbers_booleans_null_lists_and_unknown_operators_never_hold(string filter)
    {
        foreach (var value in new[] { "{}", """{"k":42}""", """{"k":true}""", """{"k":null}""", """{"k":"x"}""", """{"k":["x"]}""" })
        {
            Assert.False(Matches(filter, value));
        }
    }

    [Theory]
    [InlineData("{\"k\":0}")]
    [InlineData("{\"k\":\"\"}")]
    [InlineData("{\"k\":false}")]
    [InlineData("{\"k\":null}")]
    [InlineData("{}")]
    public void Falsy_values_count_as_absent(string view)
    {
        Assert.True(Matches("""{"k":{"$missing":true}}""", view));
        Assert.True(Matches("""{"k":{"$empty":"allowMissing"}}""", view));
        Assert.False(Matches("""{"k":{"$notEmpty":true}}""", view));
        Assert.False(Matches("""{"k":{"$empty":true}}""", view));
        Assert.False(Matches("""{"k":"/.?/"}""", view));
    }

    [Fact]
    public void The_empty_filter_matches_everything() => Assert.True(HydraterFilter.All.Matches(Json("{}")));

    [Theory]
    [InlineData("""/\.(md|mkd)$/i""", "/Notes.MKD", true)]
    [InlineData("""/\.(md|mkd)$/i""", "/Notes.mkdx", false)]
    [InlineData("""/^a$/""", "a\n", false)]
    [InlineData("""/^b$/m""", "a\nb\nc", true)]
    [InlineData("""/a.c/""", "a\u2028c", false)]
    [InlineData("""/a.c/s""", "a\nc", true)]
    [InlineData("""/^\d$/""", "٣", false)]
    [InlineData("""/^\w$/""", "é", false)]
    [InlineData("""/^[\d-]+$/""", "1-2", true)]
    [InlineData("""/[[]/""", "[", true)]
    [InlineData("""/^[^]$/""", "\n", true)]
    [InlineData("""/[]/""", "x", false)]
    [InlineData("""/^\u{e9}$/u""", "é", true)]
    [InlineData("""/^(?!a)b/""", "b", true)]
    [InlineData("""/^\/x\/$/""", "/x/", true)]
    [InlineData("""/I/i""", "ı", false)]
    public void Patterns_mean_what_they_mean_in_ECMAScript(string pattern, string value, bool expected)
    {
        var filter = JsonSerializer.Serialize(new Dictionary<string, string> { ["k"] = pattern });
        Assert.Equal(expected, Matches(filter, JsonSerializer.Serialize(new { k = value })));
    }

    [Fact]
    public void Text_without_delimiters_is_equality_only()
    {
        Assert.True(Matches("""{"k":"a.c"}""", """{"k":"a.c"}"""));
        Assert.False(Matches("""{"k":"a.c"}""", """{"k":"abc"}"""));
        Assert.False(Matches("""{"k":"/a.c/x"}""", """{"k":"abc"}"""));
    }

    [Theory]
    [InlineData("/(a+)+$/")]
    [InlineData("/(?=(a+)+$)b/")]
    [InlineData("/(.*a){25}b/")]
    [InlineData("/^(a|aa|a?)*?x\\1$/")]
    public void Pathological_patterns_do_not_hold_and_return_soon(string pattern)
    {
        var filter = HydraterFilter.Parse(JsonSerializer.Serialize(new Dictionary<string, string> { ["k"] = pattern }));
        Growth.IsLinear(1_000_000, size =>
        {
            var view = Json(JsonSerializer.Serialize(new { k = new string('a', size) + "!" }));
            return () => Assert.False(filter.Matches(view));
        });
    }

    [Theory]
    [InlineData("""{"metadata":{"path":"/(/"}}""", "[metadata.path]")]
    [InlineData("""{"k":{"$match":"/[a/"}}""", "[k.$match]")]
    [InlineData("""{"k":"/a{99999}/"}""", "[k]")]
    [InlineData("""[]""", "object")]
    public void A_filter_that_is_not_valid_says_where(string filter, string where)
    {
        var error = Assert.Throws<FormatException>(() => HydraterFilter.Parse(filter));
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mismatch_is_explained_with_its_path()
    {
        var filter = HydraterFilter.Parse("""{"documentType":{"name":"file"},"metadata":{"path":"/\\.md$/"}}""");
        Assert.Equal("[metadata.path]: is missing", filter.Explain(Json("""{"documentType":{"name":"file"},"metadata":{"x":1}}""")));
        Assert.Equal("[documentType.name]: is not \"file\"", filter.Explain(Json("""{"documentType":{"name":"event"}}""")));
        Assert.Null(filter.Explain(Json("""{"documentType":{"name":"file"},"metadata":{"path":"/a.md"}}""")));
    }

    [Fact]
    public void A_document_without_file_never_passes_a_filter_for_files()
    {
        var filter = FilterBuilder.ForType("file").WithFile().Build();
        Assert.True(filter.Matches(Json("""{"documentType":{"name":"file"},"filePath":"http://x/1"}""")));
        Assert.False(filter.Matches(Json("""{"documentType":{"name":"file"},"filePath":""}""")));
        Assert.False(filter.Matches(Json("""{"documentType":{"name":"file"}}""")));
    }

    [Fact]
    public void The_builder_writes_what_a_person_would()
    {
        var filter = FilterBuilder.ForType("document").WithExtension("pdf").WithContentType("application/pdf")
            .AfterHydrater("plaintext").WithoutMetadata("text").WithFile().Build();
        Assert.Equal(
            """{"documentType":{"name":"document"},"metadata":{"path":"/\\.(pdf)$/i","text":{"$missing":true}},"data":{"content_type":"/^application\\/pdf($|;)/i"},"hydratedBy":{"$contains":"plaintext"},"filePath":"/^./"}""",
            filter.Json.GetRawText());
    }

    [Fact]
    public void A_registration_names_other_hydraters_by_their_URLs()
    {
        var descriptor = new HydraterDescriptor
        {
            ShortName = "pdf",
            Description = "x",
            Filters = [FilterBuilder.ForType("document").AfterHydrater("plaintext").Build()],
            Excludes = ["markdown", "https://other.test/hydrate"],
        };
        var registration = HydraterRegistration.Of(descriptor, name => $"http://h/hydraters/{name}/hydrate");
        Assert.Equal("http://h/hydraters/pdf/hydrate", registration.Url);
        Assert.Equal(["http://h/hydraters/markdown/hydrate", "https://other.test/hydrate"], registration.Excludes);
        Assert.Equal(
            "http://h/hydraters/plaintext/hydrate",
            registration.Filters[0].GetProperty("hydratedBy").GetProperty("$contains").GetString());
    }

    [Fact]
    public void No_pair_of_filter_and_document_ever_raises()
    {
        string[] keys = ["k", "a", "0", "$contains", "$match", "$missing", "$empty", "$notEmpty", "$x"];
        string[] atoms = ["\"x\"", "\"/x/i\"", "\"/(/\"", "\"\"", "0", "1", "true", "false", "null", "[]", "{}", "\"allowMissing\""];
        var json = Gen.Sized(size => Value(Math.Min(size, 4)));
        Prop.ForAll(json.Two().ToArbitrary(), pair =>
        {
            using var filter = JsonDocument.Parse(pair.Item1);
            using var view = JsonDocument.Parse(pair.Item2);
            if (HydraterFilter.TryParse(filter.RootElement, out var parsed, out _))
            {
                Assert.Equal(parsed!.Matches(view.RootElement), parsed.Explain(view.RootElement) is null);
            }
        }).QuickCheckThrowOnFailure();

        Gen<string> Value(int depth)
        {
            var atom = Gen.Elements(atoms);
            if (depth == 0)
            {
                return atom;
            }

            var member = Gen.Elements(keys).Zip(Value(depth - 1)).Select(m => $"\"{m.Item1}\":{m.Item2}");
            var members = member.ListOf(2).Select(m => "{" + string.Join(',', m.DistinctBy(x => x.Split(':')[0])) + "}");
            var list = Value(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]");
            return Gen.OneOf(atom, members, members, list);
        }
    }

    private static bool Matches(string filter, string view) => HydraterFilter.Parse(filter).Matches(Json(view));

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

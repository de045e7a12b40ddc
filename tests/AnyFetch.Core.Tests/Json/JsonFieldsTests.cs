using System.Text;
using System.Text.Json;
using AnyFetch.Core.Json;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Core.Tests.Json;

public sealed class JsonFieldsTests
{
    private static JsonFields Change(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(body);
        reader.Read();
        return JsonFields.ReadChange(body, ref reader);
    }

    [Theory]
    [InlineData("""{"a":1,"b":null}""", """{"a":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":null,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""", """{"a":2}""")]
    [InlineData("""{"a":{"b":null,"b":1}}""", """{"a":{"b":null,"b":1}}""")]
    [InlineData("{}", "{}")]
    public void Reading_drops_nulls_and_repeats_on_the_first_level_only(string json, string expected) =>
        Assert.Equal(expected, JsonFields.FromText(json).ToString());

    [Fact]
    public void Merging_keeps_values_as_they_are_written()
    {
        var merged = JsonFields.FromText("""{"a": "\u00e9\n", "n": 1.50}""").Merge(Change("""{"b": [ 1 ], "\u0063": "\ud83d\ude00"}"""));

        Assert.Equal("""{"a":"\u00e9\n","n":1.50,"b":[ 1 ],"c":"\ud83d\ude00"}""", merged.ToString());
        Assert.True(merged.TryGet("c", out var smile));
        Assert.Equal("😀", smile.GetString());
    }

    [Fact]
    public void With_replaces_one_key_and_keeps_nulls()
    {
        var fields = JsonFields.FromTrusted("""{"a":null,"b":"x","c":[1]}"""u8.ToArray());

        Assert.Equal("""{"a":null,"c":[1],"b":"y"}""", fields.With("b", w => w.WriteStringValue("y")).ToString());
        Assert.Equal("""{"a":null,"b":"x","c":[1],"d":true}""", fields.With("d", w => w.WriteBooleanValue(true)).ToString());
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(8191)]
    [InlineData(20_000)]
    public void A_long_text_is_written_like_a_short_one(int chars)
    {
        // The pair stands across the boundary of two pieces in some of the cases.
        var text = string.Concat(new string('x', chars - 1), "😀", new string('"', chars), "\u0001é");

        var json = JsonFields.Empty.With("text", w => w.WriteText(text));

        Assert.True(json.TryGet("text", out var value));
        Assert.Equal(text, value.GetString());
    }

    [Theory]
    [InlineData("""{"title":"Invoice #1265","VAT":{"5.5":0,"19.6":76.55},"total":76.55}""",
        """{"VAT":{"7":0},"total":null}""", """{"title":"Invoice #1265","VAT":{"7":0}}""")]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", "{}")]
    [InlineData("{}", """{"a":{"deep":null}}""", """{"a":{"deep":null}}""")]
    public void Merging_works_on_the_first_level_and_null_erases(string stored, string change, string expected) =>
        Assert.Equal(expected, JsonFields.FromText(stored).Merge(Change(change)).ToString());

    [Fact]
    public void More_keys_than_the_fast_path_holds_are_still_told_apart()
    {
        var keys = string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"k{i % 90}\":{i}"));
        var fields = JsonFields.FromText($"{{{keys}}}");
        Assert.Equal(90, fields.Element.EnumerateObject().Count());
        Assert.Equal(99, fields.Element.GetProperty("k9").GetInt32());
    }

    [Fact]
    public void An_object_is_taken_out_of_the_middle_of_a_body()
    {
        var body = """{"x":[1],"metadata": {"a" : "é"} ,"y":2}"""u8.ToArray();
        var reader = new Utf8JsonReader(body);
        while (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("metadata"u8))
        {
            reader.Read();
        }

        reader.Read();
        var fields = JsonFields.Read(body, ref reader);
        Assert.Equal("é", fields.Element.GetProperty("a").GetString());
        Assert.True(reader.Read() && reader.ValueTextEquals("y"u8));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\n\\\uD800"}""")]
    [InlineData("""{"a":"\\ \udfffx"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""")]
    [InlineData("""{"a":"\ud83d\\ude00"}""")]
    [InlineData("""{"a":"\ud83d \ude00"}""")]
    [InlineData("""{"a":"\ud83d\u0041"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":[{"b":"\udc00"}]}""")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"a":""")]
    public void What_is_no_object_or_no_text_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonFields.FromText(json));

    [Fact]
    public void Nesting_beyond_the_bound_is_refused()
    {
        var ok = $"{{\"a\":{new string('[', JsonFields.DepthMax - 1)}{new string(']', JsonFields.DepthMax - 1)}}}";
        Assert.False(JsonFields.FromText(ok).IsEmpty);
        var deep = $"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}";
        Assert.ThrowsAny<JsonException>(() => JsonFields.FromText(deep));
    }

    [Fact]
    public void Merging_equals_a_dictionary_that_does_the_same()
    {
        var keys = Gen.Elements("a", "b", "c", "d");
        var values = Gen.Elements("null", "1", "\"x\"", "{\"n\":null}", "[null]");
        var objects = Gen.ListOf(Gen.Zip(keys, values)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(objects, objects, (stored, change) =>
        {
            var expected = new Dictionary<string, string>();
            foreach (var (key, value) in stored.Concat(change))
            {
                expected.Remove(key);
                if (value != "null")
                {
                    expected[key] = value;
                }
            }

            var merged = JsonFields.FromText(Text(stored)).Merge(Change(Text(change)));
            var actual = merged.Element.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText());
            return expected.OrderBy(e => e.Key).SequenceEqual(actual.OrderBy(e => e.Key));
        }));

        static string Text(IEnumerable<(string, string)> pairs) =>
            $"{{{string.Join(",", pairs.Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}";
    }
}

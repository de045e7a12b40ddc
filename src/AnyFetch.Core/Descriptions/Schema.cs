using System.Globalization;
using System.Text.Json;

namespace AnyFetch.Core.Descriptions;

/// <summary>The JSON Schemas that endpoints have in common, as JSON text.</summary>
public static class Schema
{
    /// <summary>Any text.</summary>
    public const string Text = """{"type":"string"}""";

    /// <summary><c>true</c>, <c>1</c>, <c>false</c> or <c>0</c>.</summary>
    public const string Flag = """{"$ref":"#/components/schemas/Flag"}""";

    /// <summary>24 hexadecimal digits.</summary>
    public const string Id = """{"$ref":"#/components/schemas/Id"}""";

    /// <summary>An ISO 8601 date or date and time.</summary>
    public const string Date = """{"$ref":"#/components/schemas/DateInput"}""";

    /// <summary>A schema with a name.</summary>
    public static string Ref(string name) => $$"""{"$ref":"#/components/schemas/{{name}}"}""";

    /// <summary>A list of values that have a named schema.</summary>
    public static string ListOf(string name) => $$"""{"type":"array","items":{{Ref(name)}}}""";

    /// <summary>A whole number.</summary>
    public static string Integer(int min, int? max, int? standard) =>
        """{"type":"integer","minimum":""" + Number(min)
        + (max is { } most ? ",\"maximum\":" + Number(most) : "")
        + (standard is { } value ? ",\"default\":" + Number(value) : "") + "}";

    /// <summary>One of these texts.</summary>
    public static string OneOf(string standard, params ReadOnlySpan<string> values)
    {
        var quoted = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            quoted[i] = Quote(values[i]);
        }

        return $$"""{"type":"string","enum":[{{string.Join(',', quoted)}}],"default":{{Quote(standard)}}}""";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

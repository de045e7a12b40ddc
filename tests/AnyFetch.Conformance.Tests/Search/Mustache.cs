using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnyFetch.Conformance.Tests.Search;

/// <summary>
/// Mustache as a client of the API would have it, apart from the server's own: variables, sections, inverted sections,
/// <c>{{.}}</c> and dotted names.
/// </summary>
internal static partial class Mustache
{
    /// <summary>A template with data.</summary>
    public static string Render(string template, JsonElement data)
    {
        var output = new StringBuilder();
        Write(output, template, [data]);
        return output.ToString();
    }

    /// <summary>What both renderings must have in common: the same tags and words, whatever the space between them.</summary>
    public static string Text(string html) => Tags().Replace(WebUtility.HtmlDecode(Space().Replace(html, " ")), "$1").Trim();

    private static void Write(StringBuilder output, string template, JsonElement[] contexts)
    {
        var at = 0;
        while (Tag().Match(template, at) is { Success: true } tag)
        {
            output.Append(template, at, tag.Index - at);
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value;
            var value = Find(name, contexts);
            switch (tag.Groups["kind"].Value)
            {
                case "#" or "^":
                    var end = EndOf(template, at, name);
                    WriteSection(output, template[at..end.Start], value, tag.Groups["kind"].Value == "^", contexts);
                    at = end.After;
                    break;
                case "!":
                    break;
                case "{" or "&":
                    output.Append(TextOf(value));
                    break;
                default:
                    output.Append(WebUtility.HtmlEncode(TextOf(value)));
                    break;
            }
        }

        output.Append(template, at, template.Length - at);
    }

    private static void WriteSection(
        StringBuilder output, string body, JsonElement value, bool isInverted, JsonElement[] contexts)
    {
        var isThere = value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.String => value.GetString()!.Length > 0,
            JsonValueKind.Number => value.GetDouble() != 0,
            _ => true,
        };
        if (isInverted)
        {
            Write(output, isThere ? "" : body, contexts);
            return;
        }

        foreach (var item in !isThere ? [] : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
        {
            Write(output, body, [item, .. contexts]);
        }
    }

    /// <summary>Where the section's closing tag begins and ends; sections of the same name may be within.</summary>
    private static (int Start, int After) EndOf(string template, int at, string name)
    {
        var depth = 1;
        while (true)
        {
            var tag = Tag().Match(template, at);
            Assert.True(tag.Success, $"The section {name} has no end.");
            at = tag.Index + tag.Length;
            if (tag.Groups["name"].Value == name)
            {
                depth += tag.Groups["kind"].Value switch { "#" or "^" => 1, "/" => -1, _ => 0 };
            }

            if (depth == 0)
            {
                return (tag.Index, at);
            }
        }
    }

    private static JsonElement Find(string name, JsonElement[] contexts)
    {
        if (name == ".")
        {
            return contexts[0];
        }

        var parts = name.Split('.');
        foreach (var context in contexts)
        {
            if (Member(context, parts[0]) is { ValueKind: not JsonValueKind.Undefined } first)
            {
                return parts.Skip(1).Aggregate(first, Member);
            }
        }

        return default;
    }

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(name, out var value) => value,
        JsonValueKind.Array when name == "length" => JsonElement.Parse($"{element.GetArrayLength()}"),
        _ => default,
    };

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"\{\{(?<kind>[#^/!&{]?)\s*(?<name>[^}]*?)\s*\}?\}\}")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@" ?(</?[a-z][^>]*>) ?")]
    private static partial Regex Tags();
}

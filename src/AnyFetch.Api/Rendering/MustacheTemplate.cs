using System.Text;
using System.Text.Json;

namespace AnyFetch.Api.Rendering;

/// <summary>A parsed Mustache template, rendered over JSON (search-and-projection §4).</summary>
internal sealed class MustacheTemplate
{
    private readonly IReadOnlyList<MustacheNode> _nodes;

    private MustacheTemplate(IReadOnlyList<MustacheNode> nodes) => _nodes = nodes;

    /// <exception cref="FormatException">The template is malformed.</exception>
    public static MustacheTemplate Parse(string template) => new(MustacheParser.Parse(template));

    /// <summary>Writes the template filled with a JSON value.</summary>
    public void Render(JsonElement value, TextWriter writer) => Render(_nodes, [value], writer);

    private static void Render(IReadOnlyList<MustacheNode> nodes, List<JsonElement> stack, TextWriter writer)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case MustacheText text:
                    writer.Write(text.Text);
                    break;
                case MustacheVariable variable:
                    var value = ToText(LookUp(stack, variable.Path));
                    writer.Write(variable.IsEscaped ? Escape(value) : value);
                    break;
                case MustacheSection section:
                    RenderSection(section, stack, writer);
                    break;
            }
        }
    }

    private static void RenderSection(MustacheSection section, List<JsonElement> stack, TextWriter writer)
    {
        var value = LookUp(stack, section.Path);
        if (section.IsInverted)
        {
            if (!IsTruthy(value))
            {
                Render(section.Body, stack, writer);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                RenderWith(item, section, stack, writer);
            }
        }
        else if (IsTruthy(value))
        {
            RenderWith(value, section, stack, writer);
        }
    }

    private static void RenderWith(JsonElement item, MustacheSection section, List<JsonElement> stack, TextWriter writer)
    {
        stack.Add(item);
        Render(section.Body, stack, writer);
        stack.RemoveAt(stack.Count - 1);
    }

    /// <summary>The first name is looked for outwards, the others only inside what it gave.</summary>
    private static JsonElement LookUp(List<JsonElement> stack, string[] path)
    {
        if (path.Length == 0)
        {
            return stack[^1];
        }

        for (var i = stack.Count - 1; i >= 0; i--)
        {
            if (TryGet(stack[i], path[0], out var value))
            {
                for (var part = 1; part < path.Length; part++)
                {
                    if (!TryGet(value, path[part], out value))
                    {
                        return default;
                    }
                }

                return value;
            }
        }

        return default;
    }

    private static bool TryGet(JsonElement value, string name, out JsonElement member)
    {
        member = default;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.TryGetProperty(name, out member);
            case JsonValueKind.Array when name == "length":
                member = JsonSerializer.SerializeToElement(value.GetArrayLength(), RenderingJson.Default.Int32);
                return true;
            case JsonValueKind.String when name == "length":
                member = JsonSerializer.SerializeToElement(value.GetString()!.Length, RenderingJson.Default.Int32);
                return true;
            default:
                return false;
        }
    }

    private static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    private static string ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(ToText)),
        JsonValueKind.Object => "[object Object]",
        _ => value.GetRawText(),
    };

    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0)
        {
            return text;
        }

        return new StringBuilder(text)
            .Replace("&", "&amp;")
            .Replace("<", "&lt;")
            .Replace(">", "&gt;")
            .Replace("\"", "&quot;")
            .Replace("'", "&#39;")
            .ToString();
    }
}

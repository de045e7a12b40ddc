using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnyFetch.Server.Tests.OpenApi;

/// <summary>
/// Checks values against the subset of JSON Schema that the document uses. Stricter than the standard: a key that an
/// object's schema does not name is a fault unless <c>additionalProperties</c> allows it, so that nothing is answered
/// that is not described.
/// </summary>
internal sealed class SchemaChecker(JsonElement document)
{
    private static readonly HashSet<string> s_known =
    [
        "$ref", "type", "properties", "required", "items", "additionalProperties", "enum", "const", "pattern", "format",
        "minimum", "maximum", "minLength", "maxLength", "anyOf", "default", "description", "examples", "contentMediaType",
    ];

    /// <summary>The faults of a value, each with where it is.</summary>
    public List<string> Check(JsonElement value, JsonElement schema)
    {
        var faults = new List<string>();
        Check(value, schema, "$", faults);
        return faults;
    }

    public JsonElement Resolve(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        var target = document;
        foreach (var part in reference[2..].Split('/'))
        {
            Assert.True(target.TryGetProperty(part, out target), $"{reference} leads nowhere.");
        }

        return target;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Assert.True(s_known.Contains(keyword.Name), $"The checker does not know '{keyword.Name}'.");
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(value, Resolve(reference.GetString()!), at, faults);
        }

        if (schema.TryGetProperty("anyOf", out var anyOf)
            && !anyOf.EnumerateArray().Any(s => Check(value, s).Count == 0))
        {
            faults.Add($"{at}: {value} is none of the alternatives");
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type))
        {
            faults.Add($"{at}: {value.ValueKind} is not {type}");
            return;
        }

        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(value, constant))
        {
            faults.Add($"{at}: {value} is not {constant}");
        }

        if (schema.TryGetProperty("enum", out var values)
            && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
        {
            faults.Add($"{at}: {value} is none of {values}");
        }

        CheckText(value, schema, at, faults);
        CheckNumber(value, schema, at, faults);
        CheckObject(value, schema, at, faults);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(item, items, $"{at}[{index++}]", faults);
            }
        }
    }

    private static void CheckText(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.String
            && schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
        {
            faults.Add($"{at}: {value} does not match {pattern}");
        }
    }

    private static void CheckNumber(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Number
            && ((schema.TryGetProperty("minimum", out var min) && value.GetDouble() < min.GetDouble())
                || (schema.TryGetProperty("maximum", out var max) && value.GetDouble() > max.GetDouble())))
        {
            faults.Add($"{at}: {value} is out of bounds");
        }
    }

    private void CheckObject(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray()
                .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{at}: '{name}' is missing"));
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var property in value.EnumerateObject())
        {
            var below = $"{at}.{property.Name}";
            if (hasProperties && properties.TryGetProperty(property.Name, out var known))
            {
                Check(property.Value, known, below, faults);
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.Object)
            {
                Check(property.Value, others, below, faults);
            }
            else if (hasProperties && !(hasOthers && others.ValueKind == JsonValueKind.True))
            {
                faults.Add($"{below}: not in the schema");
            }
        }
    }

    private static bool IsOf(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(t => IsOf(value, t))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new InvalidOperationException($"The type '{other}' is unknown."),
        };
}

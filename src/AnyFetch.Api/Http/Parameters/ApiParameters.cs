using System.Globalization;
using System.Text;
using System.Text.Json;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;
using Microsoft.Extensions.Primitives;

namespace AnyFetch.Api.Http.Parameters;

/// <summary>
/// What a request that is no document says, whatever its encoding; the body wins over the query (api.md §1). A wrong
/// value is noted in <see cref="Error"/>, which the handler looks at once it has read everything.
/// </summary>
internal sealed class ApiParameters
{
    private readonly Dictionary<string, JsonElement> _json = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringValues> _texts = new(StringComparer.Ordinal);

    /// <summary>The first wrong value, or null.</summary>
    public Error? Error { get; private set; }

    /// <summary>The names in the body.</summary>
    public IEnumerable<string> BodyNames { get; private set; } = [];

    /// <summary>Puts a JSON object's values over what is known.</summary>
    public void AddJson(JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            _json[property.Name] = property.Value;
        }

        BodyNames = _json.Keys;
    }

    /// <summary>Puts a form's values over what is known.</summary>
    public void AddForm(FormFields form)
    {
        foreach (var (name, values) in form.Values)
        {
            _texts[name] = values;
        }

        BodyNames = [.. form.Values.Select(v => v.Key)];
    }

    /// <summary>Puts a query's values under what is known.</summary>
    public void AddQuery(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        foreach (var (name, values) in query)
        {
            _texts.TryAdd(name, values);
        }
    }

    /// <summary>True when the parameter is there, null included.</summary>
    public bool Has(string name) => _json.ContainsKey(name) || _texts.ContainsKey(name);

    /// <summary>Text; null when absent or null.</summary>
    public string? Text(string name)
    {
        if (_json.TryGetValue(name, out var json))
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.String:
                    return json.GetString();
                case JsonValueKind.Null:
                    return null;
                default:
                    Refuse(name, "must be text");
                    return null;
            }
        }

        return _texts.TryGetValue(name, out var texts) ? texts[^1] : null;
    }

    /// <summary>A boolean in any of its spellings; null when absent or null.</summary>
    public bool? Bool(string name)
    {
        if (Scalar(name) is not { } text)
        {
            return null;
        }

        if (Booleans.TryParse(text, out var value))
        {
            return value;
        }

        Refuse(name, "must be true or false");
        return null;
    }

    /// <summary>A whole number, as a number or as text; null when absent or null.</summary>
    public long? Integer(string name)
    {
        if (Scalar(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Refuse(name, "must be a whole number");
        return null;
    }

    /// <summary>A list of texts: a JSON array, JSON text of one, or a repeated name. Null when absent or null.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Json(name) is { } json)
        {
            if (json.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (json.ValueKind == JsonValueKind.Array
                && json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            {
                return [.. json.EnumerateArray().Select(e => e.GetString()!)];
            }

            Refuse(name, "must be an array of texts");
            return null;
        }

        return _texts.TryGetValue(name, out var texts) ? [.. texts.Select(t => t ?? "")] : null;
    }

    /// <summary>A value as JSON, parsed out of a form's text when it looks like an object or an array; or null.</summary>
    public JsonElement? Json(string name)
    {
        if (_json.TryGetValue(name, out var json))
        {
            return json;
        }

        if (!_texts.TryGetValue(name, out var texts) || texts.Count != 1 || texts[0] is not ['{' or '[', ..] text)
        {
            return null;
        }

        try
        {
            return UnicodeText.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            Refuse(name, "is not valid JSON");
            return null;
        }
    }

    /// <summary>Notes that a value is wrong.</summary>
    public void Refuse(string name, string why) => Error ??= Error.InvalidArgument($"The parameter '{name}' {why}.");

    /// <summary>Notes that a parameter is missing unless it is there.</summary>
    public void Require(string name)
    {
        if (!Has(name))
        {
            Error ??= Error.MissingParameter(name);
        }
    }

    /// <summary>Notes a name in the body that the endpoint does not know.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var name in BodyNames)
        {
            if (!known.Contains(name))
            {
                Error ??= Error.InvalidArgument($"The parameter '{name}' is not known here.");
            }
        }
    }

    private string? Scalar(string name)
    {
        if (!_json.TryGetValue(name, out var json))
        {
            return _texts.TryGetValue(name, out var texts) ? texts[^1] : null;
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return json.GetRawText();
            default:
                Refuse(name, "has the wrong type");
                return null;
        }
    }
}

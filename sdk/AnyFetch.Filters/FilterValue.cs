using System.Globalization;
using System.Text.Json;

namespace AnyFetch.Filters;

/// <summary>
/// A value that a constraint is tested against: text, a list of texts, an object, or JSON. Wrapping them saves making JSON of
/// every document that passes by. The default value stands for what is not there.
/// </summary>
public readonly struct FilterValue
{
    private readonly object? _object;
    private readonly JsonElement _json;

    private FilterValue(object? value, JsonElement json)
    {
        _object = value;
        _json = json;
    }

    /// <summary>A text.</summary>
    public static FilterValue Of(string? text) => new(text, default);

    /// <summary>A list of texts.</summary>
    public static FilterValue Of(IReadOnlyList<string>? texts) => new(texts, default);

    /// <summary>An object.</summary>
    public static FilterValue Of(IFilterMembers? members) => new(members, default);

    /// <summary>JSON of any kind.</summary>
    public static FilterValue Of(JsonElement json) => new(null, json);

    /// <summary>Not there, null, false, 0 or an empty text. Empty lists and objects are present.</summary>
    public bool IsAbsent => _object switch
    {
        string text => text.Length == 0,
        null => _json.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.Number => _json.TryGetDouble(out var number) && number == 0,
            JsonValueKind.String => _json.ValueEquals(""),
            _ => false,
        },
        _ => false,
    };

    /// <summary>True for lists and objects.</summary>
    internal bool HasMembers =>
        _object is IReadOnlyList<string> or IFilterMembers
        || (_object is null && _json.ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    /// <summary>The text; null for anything else.</summary>
    internal string? Text =>
        _object is string text ? text
        : _object is null && _json.ValueKind == JsonValueKind.String ? _json.GetString()
        : null;

    /// <summary>Characters of a text, entries of a list, keys of an object; -1 for anything else.</summary>
    internal int Length => _object switch
    {
        string text => text.Length,
        IReadOnlyList<string> list => list.Count,
        IFilterMembers members => members.Count,
        _ => _json.ValueKind switch
        {
            JsonValueKind.String => _json.GetString()!.Length,
            JsonValueKind.Array => _json.GetArrayLength(),
            JsonValueKind.Object => _json.GetPropertyCount(),
            _ => -1,
        },
    };

    internal bool EqualsText(string text) =>
        _object is string own ? own == text
        : _object is null && _json.ValueKind == JsonValueKind.String && _json.ValueEquals(text);

    /// <summary>A member of an object by its key, of a list by its index.</summary>
    internal FilterValue Member(string key)
    {
        if (_object is IFilterMembers members)
        {
            return members.Member(key);
        }

        if (_object is null && _json.ValueKind == JsonValueKind.Object)
        {
            return _json.TryGetProperty(key, out var member) ? Of(member) : default;
        }

        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return default;
        }

        return _object is IReadOnlyList<string> list
            ? index < list.Count ? Of(list[index]) : default
            : _json.ValueKind == JsonValueKind.Array && index < _json.GetArrayLength() ? Of(_json[index]) : default;
    }

    /// <summary>True when this, seen as a list, has an element equal to <paramref name="wanted"/>.</summary>
    internal bool Contains(in ContainedValue wanted)
    {
        switch (_object)
        {
            case string text:
                return wanted.IsText(text);
            case IReadOnlyList<string> list:
                foreach (var entry in list)
                {
                    if (wanted.IsText(entry))
                    {
                        return true;
                    }
                }

                return false;
            case not null:
                return false;
        }

        if (_json.ValueKind != JsonValueKind.Array)
        {
            return wanted.Equals(_json);
        }

        foreach (var element in _json.EnumerateArray())
        {
            if (wanted.Equals(element))
            {
                return true;
            }
        }

        return false;
    }
}

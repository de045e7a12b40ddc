using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AnyFetch.Hydrater.Filters;

/// <summary>
/// Builds a filter from words instead of JSON: <c>FilterBuilder.ForType("file").WithExtension("md").WithFile().Build()</c>.
/// </summary>
public sealed class FilterBuilder
{
    private readonly JsonObject _json = [];

    /// <summary>Documents of this type only.</summary>
    public static FilterBuilder ForType(string documentType)
    {
        var builder = new FilterBuilder();
        builder._json["documentType"] = new JsonObject { ["name"] = documentType };
        return builder;
    }

    /// <summary>Documents whose path has one of these extensions, written without dot, in any case.</summary>
    public FilterBuilder WithExtension(params IEnumerable<string> extensions)
    {
        var names = string.Join('|', extensions.Select(Regex.Escape));
        return With("metadata", "path", $"/\\.({names})$/i");
    }

    /// <summary>Documents whose path matches a pattern in ECMAScript syntax, without slashes, in any case.</summary>
    public FilterBuilder WithPath(string pattern) =>
        With("metadata", "path", $"/{pattern.Replace("/", "\\/", StringComparison.Ordinal)}/i");

    /// <summary>Documents whose <c>data.content_type</c> is this one, with or without parameters.</summary>
    public FilterBuilder WithContentType(string contentType) =>
        With("data", "content_type", $"/^{Regex.Escape(contentType).Replace("/", "\\/", StringComparison.Ordinal)}($|;)/i");

    /// <summary>Documents that have a file.</summary>
    public FilterBuilder WithFile()
    {
        _json["filePath"] = "/^./";
        return this;
    }

    /// <summary>Documents that another hydrater (short name or URL) has finished.</summary>
    public FilterBuilder AfterHydrater(string name)
    {
        _json["hydratedBy"] = new JsonObject { ["$contains"] = name };
        return this;
    }

    /// <summary>Documents without this metadata key.</summary>
    public FilterBuilder WithoutMetadata(string key) => With("metadata", key, new JsonObject { ["$missing"] = true });

    /// <summary>Any constraint of the language on a key of one of the maps, such as <c>With("metadata", "lang", "fr")</c>.</summary>
    public FilterBuilder With(string map, string key, JsonNode constraint)
    {
        if (_json[map] is not JsonObject members)
        {
            _json[map] = members = [];
        }

        members[key] = constraint;
        return this;
    }

    /// <summary>The filter. Throws <see cref="FormatException"/> when a pattern is not valid.</summary>
    public HydraterFilter Build()
    {
        using var document = JsonDocument.Parse(_json.ToJsonString());
        return HydraterFilter.Parse(document.RootElement);
    }
}

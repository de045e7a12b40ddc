using System.Globalization;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Dates;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Rendering;
using AnyFetch.Core.Search;
using Microsoft.Extensions.Primitives;

namespace AnyFetch.Api.Search;

/// <summary>What <c>GET /documents</c> asks for: the search, and how its hits are shown.</summary>
internal sealed record SearchQuery(SearchRequest Request, int? SnippetChars, bool RendersTemplates);

/// <summary>Reads the parameters of a search (api.md §5). The first wrong one is the answer.</summary>
internal sealed class SearchParameters
{
    /// <summary>Most values of one repeated filter, and most <c>@key</c> and <c>has_key</c> filters.</summary>
    public const int FiltersMax = 1000;

    /// <summary>Longest snippet, in characters.</summary>
    public const int SnippetCharsMax = 100_000;

    private const string HasPrefix = "has_";

    private readonly ApiCall _call;
    private Error? _error;

    private SearchParameters(ApiCall call) => _call = call;

    /// <summary>The search that the query string describes.</summary>
    public static BodyResult<SearchQuery> Read(ApiCall call)
    {
        var parameters = new SearchParameters(call);
        var query = parameters.Read();
        return parameters._error is { } error
            ? new BodyResult<SearchQuery>(null, error)
            : new BodyResult<SearchQuery>(query, null);
    }

    /// <summary>How the hits are shown, without a search: for the views of one document.</summary>
    public static BodyResult<(string? Search, int? SnippetChars, bool RendersTemplates)> ReadShown(ApiCall call)
    {
        var parameters = new SearchParameters(call);
        var shown = (parameters.Query(), parameters.Integer("snippet_size", 1, SnippetCharsMax),
            parameters.Bool("render_templates") ?? false);
        return new BodyResult<(string?, int?, bool)>(shown, parameters._error);
    }

    /// <summary>What an image of one document asks for.</summary>
    public static BodyResult<(string? Search, int? WidthPixels)> ReadImage(ApiCall call)
    {
        var parameters = new SearchParameters(call);
        var image = (
            parameters.Query(),
            parameters.Integer("width", PageImageRequest.WidthPixelsMin, PageImageRequest.WidthPixelsMax));
        return new BodyResult<(string?, int?)>(image, parameters._error);
    }

    /// <summary>What a search box asks for.</summary>
    public static BodyResult<(string Text, int Limit)> ReadTyped(ApiCall call)
    {
        var parameters = new SearchParameters(call);
        var typed = (parameters.Query() ?? "",
            parameters.Integer("limit", 1, SuggestionRequest.LimitMax) ?? SuggestionRequest.LimitDefault);
        return new BodyResult<(string, int)>(typed, parameters._error);
    }

    private SearchQuery Read()
    {
        var (sort, isReversed) = Sort();
        var request = new SearchRequest
        {
            Company = _call.Caller.Company.Id,
            Viewer = _call.Caller.User.Id,
            Query = Query(),
            IsStrict = Bool("strict") ?? true,
            After = Date("after"),
            Before = Date("before"),
            Ids = Ids<DocumentId>("id", DocumentId.TryParse),
            Types = Ids<DocumentTypeId>("document_type", DocumentTypeId.TryParse),
            Providers = Ids<AccessTokenId>("provider", AccessTokenId.TryParse)
                ?? Ids<AccessTokenId>("token", AccessTokenId.TryParse),
            KeyQueries = Prefixed('@'),
            ExactKeys = _call.Options.ExactKeyFilters ? Prefixed('_') : [],
            HasKeys = HasKeys(),
            Start = Integer("start", 0, int.MaxValue) ?? 0,
            Limit = Math.Min(Integer("limit", 0, int.MaxValue) ?? SearchRequest.LimitDefault, SearchRequest.LimitMax),
            Sort = sort,
            IsReversed = isReversed,
        };
        return new SearchQuery(
            request,
            Integer("snippet_size", 1, SnippetCharsMax),
            Bool("render_templates") ?? false);
    }

    private string? Query()
    {
        var text = _call.Query("search");
        if (text?.Length > SearchRequest.QueryCharsMax)
        {
            Refuse("search", $"is longer than {SearchRequest.QueryCharsMax} characters");
        }

        return text;
    }

    private (SearchSort Sort, bool IsReversed) Sort()
    {
        if (_call.Query("sort") is not { Length: > 0 } text)
        {
            return (SearchSort.Score, false);
        }

        var isReversed = text[0] == '-';
        switch (isReversed ? text[1..] : text)
        {
            case "_score":
                return (SearchSort.Score, isReversed);
            case "creationDate":
                return (SearchSort.CreationDate, isReversed);
            case "modificationDate":
                return (SearchSort.ModificationDate, isReversed);
            default:
                Refuse("sort", "must be creationDate, modificationDate or _score, or one of them after '-'");
                return default;
        }
    }

    private DateTimeOffset? Date(string name)
    {
        if (_call.Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Iso8601.TryParse(text, out var date))
        {
            Refuse(name, "must be an ISO 8601 date");
        }

        return date;
    }

    private bool? Bool(string name)
    {
        if (_call.Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Booleans.TryParse(text, out var value))
        {
            Refuse(name, "must be true or false");
        }

        return value;
    }

    private int? Integer(string name, int min, int max)
    {
        if (_call.Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value < min || value > max)
        {
            Refuse(name, $"must be a whole number from {min} to {max}");
        }

        return value;
    }

    private delegate bool IdParser<T>(string? text, out T id);

    private List<T>? Ids<T>(string name, IdParser<T> parse)
    {
        var values = _call.Http.Request.Query[name];
        if (StringValues.IsNullOrEmpty(values))
        {
            return null;
        }

        if (values.Count > FiltersMax)
        {
            Refuse(name, $"is repeated more than {FiltersMax} times");
            return null;
        }

        var ids = new List<T>(values.Count);
        foreach (var value in values)
        {
            if (!parse(value, out var id))
            {
                Refuse(name, "must be 24 hexadecimal digits");
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    /// <summary>The parameters whose names begin so, with the key that follows.</summary>
    private List<KeyValuePair<string, string>> Prefixed(char prefix)
    {
        var queries = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in _call.Http.Request.Query)
        {
            if (name.Length < 2 || name[0] != prefix)
            {
                continue;
            }

            foreach (var value in values)
            {
                if (value is { Length: > 0 } && queries.Count < FiltersMax)
                {
                    queries.Add(new KeyValuePair<string, string>(name[1..], value));
                }
            }
        }

        return queries;
    }

    private List<KeyValuePair<string, bool>> HasKeys()
    {
        var keys = new List<KeyValuePair<string, bool>>();
        foreach (var (name, values) in _call.Http.Request.Query)
        {
            if (!name.StartsWith(HasPrefix, StringComparison.Ordinal) || name.Length == HasPrefix.Length)
            {
                continue;
            }

            var text = values.Count == 0 ? "" : values[^1] ?? "";
            if (Booleans.TryParse(text, out var isThere))
            {
                keys.Add(new KeyValuePair<string, bool>(name[HasPrefix.Length..], isThere));
            }
            else if (name == "has_meta" && text.Length > 0)
            {
                // The published form "has_meta=location" (api.md §8, 14).
                keys.AddRange(values.Select(v => new KeyValuePair<string, bool>(v ?? "", true)));
            }
            else
            {
                Refuse(name, "must be true or false");
            }
        }

        return keys;
    }

    private void Refuse(string name, string why) => _error ??= Error.InvalidArgument($"The parameter '{name}' {why}.");
}

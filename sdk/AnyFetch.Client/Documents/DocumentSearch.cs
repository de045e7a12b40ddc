using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The parameters of <c>GET /documents</c> (api.md section 5). An absent member keeps the server's default.</summary>
public sealed record DocumentSearch
{
    /// <summary>The query; its grammar is in the search specification. Absent: everything matches.</summary>
    public string? Search { get; init; }

    /// <summary>Only documents created before this instant (exclusive).</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only documents created at or after this instant.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Keep only these ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Keep only these types, by id.</summary>
    public IReadOnlyList<string> DocumentTypes { get; init; } = [];

    /// <summary>Keep only these sources, by id.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Full-text matches on single metadata keys: <c>name</c> to <c>john</c> sends <c>@name=john</c>.</summary>
    public IReadOnlyDictionary<string, string> Matching { get; init; } = new Dictionary<string, string>();

    /// <summary>Only documents that have these metadata keys.</summary>
    public IReadOnlyList<string> Having { get; init; } = [];

    /// <summary>The length to aim at for snippets, in characters; the server's default is 200.</summary>
    public int? SnippetSize { get; init; }

    /// <summary>The first hit to return, from 0.</summary>
    public int? Start { get; init; }

    /// <summary>The page size; the server's default is 20, its maximum 1000; 0 returns facets and counts only.</summary>
    public int? Limit { get; init; }

    /// <summary><c>creationDate</c>, <c>modificationDate</c> or <c>_score</c>; a leading <c>-</c> reverses.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether rendered HTML replaces the projections.</summary>
    public bool? RenderTemplates { get; init; }

    /// <summary>Whether every term must match (the server's default), or any.</summary>
    public bool? Strict { get; init; }

    /// <summary>The output filter of api.md section 6, for example <c>count,data.id</c>.</summary>
    public string? Fields { get; init; }

    internal string ToPath(string path)
    {
        var query = new QueryBuilder(path)
            .Add("search", Search).Add("before", Before).Add("after", After)
            .AddAll("id", Ids).AddAll("document_type", DocumentTypes).AddAll("provider", Providers);
        foreach (var (key, value) in Matching)
        {
            query.Add("@" + key, value);
        }

        foreach (var key in Having)
        {
            query.Add("has_" + key, "1");
        }

        return query.Add("snippet_size", SnippetSize).Add("start", Start).Add("limit", Limit).Add("sort", Sort)
            .Add("render_templates", RenderTemplates).Add("strict", Strict).Add("fields", Fields).ToString();
    }
}

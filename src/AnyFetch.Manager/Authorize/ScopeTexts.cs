using AnyFetch.Core.AccessTokens;
using AnyFetch.Manager.Markup;

namespace AnyFetch.Manager.Authorize;

/// <summary>What scopes mean, in the words of somebody who has to agree.</summary>
internal static class ScopeTexts
{
    private static readonly Dictionary<string, string> s_resources = new()
    {
        ["documents"] = "documents",
        ["document_types"] = "document types",
        ["users"] = "people of your company",
        ["companies"] = "your company and its subcompanies",
        ["tokens"] = "connected sources and applications",
        ["hydraters"] = "hydraters",
    };

    private static readonly Dictionary<string, string> s_verbs = new()
    {
        ["read"] = "Read",
        ["write"] = "Add and change",
        ["delete"] = "Delete",
    };

    /// <summary>A sentence for one scope, such as "Read documents".</summary>
    public static string Of(string scope)
    {
        var separator = scope.IndexOf('_', StringComparison.Ordinal);
        return $"{s_verbs[scope[..separator]]} {s_resources[scope[(separator + 1)..]]}";
    }

    /// <summary>A list of what a set of scopes allows.</summary>
    public static Html List(Scopes scopes) => Html.Of($"""
        <ul class="scopes">{Html.Join(ScopeNames.ToNames(scopes).Select(n => Html.Of($"<li>{Of(n)}</li>")))}</ul>
        """);
}

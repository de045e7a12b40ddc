using AnyFetch.Core.AccessTokens;
using AnyFetch.Manager.Markup;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Authorize;

/// <summary>A box for each scope, those that are asked for ticked.</summary>
internal static class ScopeBoxes
{
    public static Html Of(string legend, Scopes ticked) => Html.Of($"""
        <fieldset><legend>{legend}</legend>
          <div class="scope-boxes">{Html.Join(ScopeNames.ToNames(Scopes.All).Select(name => Box(name, ticked)))}</div>
        </fieldset>
        """);

    /// <summary>The scopes whose boxes were ticked; names that are no scopes are left out.</summary>
    public static Scopes Read(IFormCollection form) => form["scopes"].Aggregate(Scopes.None, (sum, name) =>
        name is not null && ScopeNames.TryParse(name, out var scope) ? sum | scope : sum);

    private static Html Box(string name, Scopes ticked) => Form.Check(
        ScopeTexts.Of(name),
        "scopes",
        ScopeNames.TryParse(name, out var scope) && ticked.HasFlag(scope),
        name,
        name);
}

using System.Globalization;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Search;

/// <summary>How a search index looks to administrators.</summary>
internal static class IndexPages
{
    public static IResult Show(User admin, SearchIndexState? state) => Page.Full(admin, "Search index", state is null
        ? Html.Of($"""<p class="muted">This server leaves searching to another one.</p>""")
        : Html.Of($"""
            <p class="{(state.IsPartial ? "warn" : "muted")}" role="status">{Text(state)}</p>
            <dl class="facts">
              <dt>Documents</dt><dd>{Number(state.Documents)}</dd>
              <dt>Parts</dt><dd>{Number(state.Segments)}</dd>
              <dt>On disk</dt><dd>{Megabytes(state.FileBytes)}</dd>
              <dt>In memory</dt><dd>{Megabytes(state.MemoryBytes)}</dd>
            </dl>
            <p class="muted">The index can be deleted or damaged without loss: it is built again from the documents. Whoever
              runs the server can have that done with <code>anyfetch admin reindex</code>.</p>
            """));

    private static string Text(SearchIndexState state) =>
        state.IsPartial ? "A file of the index was damaged. It is being built again; until then some documents are not found."
        : state.IsBehind ? "The index is being brought up to the latest changes."
        : "The index is up to date.";

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) =>
        (bytes / 1e6).ToString("#,0.0", CultureInfo.InvariantCulture) + " MB";
}

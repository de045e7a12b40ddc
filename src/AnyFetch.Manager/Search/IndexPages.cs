using System.Globalization;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Search;

/// <summary>How a search index looks to administrators.</summary>
internal static class IndexPages
{
    /// <summary>Documents that could not be indexed and are listed on the page.</summary>
    private const int ShownMax = 100;

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
            {Html.When(state.Unindexed.Count > 0, () => Unindexed(state.Unindexed))}
            <p class="muted">The index can be deleted or damaged without loss: it is built again from the documents. Whoever
              runs the server can have that done with <code>anyfetch admin reindex</code>.</p>
            """));

    private static Html Unindexed(IReadOnlyList<UnindexedDocument> documents) => Html.Of($"""
        <h2>Not indexed</h2>
        <p class="warn">{Number(documents.Count)} documents could not be indexed, and no search finds them. Each is tried again when it
          changes, and all of them when the index is built again.</p>
        <ul class="rows">{Html.Join(documents.Take(ShownMax).Select(d =>
            Html.Of($"<li><code>{d.Id.ToString()}</code> {d.Reason}</li>")))}</ul>
        """);

    private static string Text(SearchIndexState state) =>
        state.IsPartial ? "A file of the index was damaged. It is being built again; until then some documents are not found."
        : state.IsBehind ? "The index is being brought up to the latest changes."
        : "The index is up to date.";

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) =>
        (bytes / 1e6).ToString("#,0.0", CultureInfo.InvariantCulture) + " MB";
}

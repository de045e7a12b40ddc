using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>Search, documents and their files: <c>/documents</c> (api.md section 5).</summary>
public sealed class DocumentsClient
{
    private const int PageSizeDefault = 100;
    private readonly ApiTransport _transport;

    internal DocumentsClient(ApiTransport transport) => _transport = transport;

    /// <summary>One page of hits.</summary>
    /// <param name="search">What to look for.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<SearchPage> SearchAsync(DocumentSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _transport.GetAsync(search.ToPath("documents"), ClientJson.Default.SearchPage, cancellationToken);
    }

    /// <summary>Every hit, page after page, fetched as they are read; pages hold 100 hits unless <c>Limit</c> says else.</summary>
    /// <param name="search">What to look for; <c>Start</c> is where to begin.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async IAsyncEnumerable<Document> SearchAllAsync(
        DocumentSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var start = search.Start ?? 0;
        var limit = search.Limit is > 0 ? search.Limit.Value : PageSizeDefault;
        while (true)
        {
            var page = await SearchAsync(search with { Start = start, Limit = limit }, cancellationToken);
            foreach (var document in page.Data)
            {
                yield return document;
            }

            start += page.Data.Count;

            // An empty page ends it too: documents may be deleted while they are being read.
            if (page.Data.Count == 0 || start >= page.Count)
            {
                yield break;
            }
        }
    }

    /// <summary>The full view of a document.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="search">A query to highlight; or null.</param>
    /// <param name="renderTemplates">Whether rendered HTML replaces the projection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Document> GetAsync(
        DocumentRef reference, string? search, bool renderTemplates, CancellationToken cancellationToken)
    {
        var path = new QueryBuilder(reference.Path).Add("search", search)
            .Add("render_templates", renderTemplates ? true : null).ToString();
        return _transport.GetAsync(path, ClientJson.Default.Document, cancellationToken);
    }

    /// <summary>The full view of a document.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Document> GetAsync(DocumentRef reference, CancellationToken cancellationToken) =>
        GetAsync(reference, search: null, renderTemplates: false, cancellationToken);

    /// <summary>Everything that is stored of a document.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Document> GetRawAsync(DocumentRef reference, CancellationToken cancellationToken) =>
        _transport.GetAsync(reference.Path + "/raw", ClientJson.Default.Document, cancellationToken);

    /// <summary>Documents like this one.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="search">Paging, a query and the snippet size; the other members are ignored by the server.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<RelatedPage> GetSimilarAsync(
        DocumentRef reference, DocumentSearch? search, CancellationToken cancellationToken) =>
        GetPageAsync(reference.Path + "/similar", search, cancellationToken);

    /// <summary>Documents that this one names as related.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="search">Paging, a query and the snippet size; the other members are ignored by the server.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<RelatedPage> GetRelatedAsync(
        DocumentRef reference, DocumentSearch? search, CancellationToken cancellationToken) =>
        GetPageAsync(reference.Path + "/related", search, cancellationToken);

    /// <summary>Creates a document, or updates the one with the same identifier or id. Needs a token.</summary>
    /// <param name="draft">What to send.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The stored document.</returns>
    public Task<Document> PostAsync(DocumentDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _transport.ReadAsync(PostRequest(draft), ClientJson.Default.Document, cancellationToken);
    }

    /// <summary>As <see cref="PostAsync"/>, without reading the stored document back: for bulk senders.</summary>
    /// <param name="draft">What to send.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task SendAsync(DocumentDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _transport.SendAsync(PostRequest(draft), cancellationToken);
    }

    /// <summary>
    /// Sends many documents and deletions at once: <c>POST /batch</c>. All of them are made or none; the server names the
    /// line that it refuses, documents counted first and deletions after them. Needs a token.
    /// </summary>
    /// <param name="key">
    /// A name for this page, at most 128 characters: the same page under the same key is made once. Never use it for another.
    /// </param>
    /// <param name="page">What to send.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<PageReceipt> SendPageAsync(string key, PageDraft page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(page);
        var path = new QueryBuilder("batch").Add("key", key).ToString();
        var request = ApiRequest.Json(HttpMethod.Post, path, page.ToUtf8Lines(), "application/x-ndjson");
        return _transport.ReadAsync(
            request with { Idempotent = true }, ClientJson.Default.PageReceipt, cancellationToken);
    }

    /// <summary>How far the calling token is, by its pages: <c>GET /batch/state</c>.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<PageState> GetPageStateAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("batch/state", ClientJson.Default.PageState, cancellationToken);

    /// <summary>Changes a document: only what the draft holds.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="draft">What to change; <c>Id</c> must be null.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task PatchAsync(DocumentRef reference, DocumentDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var request = ApiRequest.Json(HttpMethod.Patch, reference.Path, draft.ToUtf8Json());
        return _transport.SendAsync(request with { Idempotent = true }, cancellationToken);
    }

    /// <summary>Removes a document and its file. Needs a token.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteAsync(DocumentRef reference, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(reference.Path), cancellationToken);

    /// <summary>Uploads a document's file, streamed; it replaces any earlier one and starts hydration.</summary>
    /// <param name="reference">Which document.</param>
    /// <param name="file">The content, opened once per attempt.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    public Task UploadFileAsync(DocumentRef reference, DocumentFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var request = ApiRequest.Post(reference.Path + "/file") with
        {
            Idempotent = true,
            IsFile = true,
            Body = token => MultipartAsync(file, token),
        };
        return _transport.SendAsync(request, cancellationToken);
    }

    /// <summary>Downloads a document's file, streamed. 404 when the server holds none.</summary>
    /// <param name="reference">Which document.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<DocumentDownload> DownloadFileAsync(DocumentRef reference, CancellationToken cancellationToken) =>
        DownloadAsync(reference.Path + "/file", cancellationToken);

    /// <summary>Downloads a PNG picture of a document's full view.</summary>
    /// <param name="reference">Which document.</param>
    /// <param name="width">100 to 1920 pixels, or null to let the server choose.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<DocumentDownload> DownloadImageAsync(
        DocumentRef reference, int? width, CancellationToken cancellationToken) =>
        DownloadAsync(new QueryBuilder(reference.Path + "/image").Add("width", width).ToString(), cancellationToken);

    // With an identifier or an id the call is an upsert: sending it twice stores one document.
    private static ApiRequest PostRequest(DocumentDraft draft) =>
        ApiRequest.Json(HttpMethod.Post, "documents", draft.ToUtf8Json()) with
        {
            Idempotent = draft.Identifier is not null || draft.Id is not null,
        };

    private Task<RelatedPage> GetPageAsync(string path, DocumentSearch? search, CancellationToken cancellationToken) =>
        _transport.GetAsync(
            (search ?? new DocumentSearch()).ToPath(path), ClientJson.Default.RelatedPage, cancellationToken);

    private static async ValueTask<HttpContent> MultipartAsync(DocumentFile file, CancellationToken cancellationToken)
    {
        var part = new StreamPart(await file.Open(cancellationToken), file.Length);
        part.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type)
            ? type
            : new MediaTypeHeaderValue("application/octet-stream");
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "file",
            FileName = "\"" + new string([.. file.Name.Where(IsPlain)]) + "\"",
            FileNameStar = file.Name,
        };
        return new MultipartFormDataContent { part };
    }

    // The plain form of the name is for old parsers; the exact name travels in "filename*".
    private static bool IsPlain(char letter) => letter is >= ' ' and < (char)127 and not ('"' or '\\' or '%');

    private async Task<DocumentDownload> DownloadAsync(string path, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get(path) with { IsFile = true };
        var response = await _transport.SendCheckedAsync(request, cancellationToken);
        return new DocumentDownload(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }
}

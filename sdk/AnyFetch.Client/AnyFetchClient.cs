using System.Text.Json;
using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>
/// The Fetch API as typed, asynchronous calls. Thread-safe; one instance serves one set of credentials. Every call
/// throws <see cref="AnyFetchException"/> when the server refuses it and <see cref="HttpRequestException"/> when the
/// server cannot be reached after the retries.
/// </summary>
public sealed class AnyFetchClient
{
    private readonly ApiTransport _transport;

    /// <summary>Creates a client over connections that all such clients share.</summary>
    /// <param name="baseAddress">The server, for example <c>http://localhost:8080/</c>; a path prefix is kept.</param>
    /// <param name="credentials">Who calls.</param>
    /// <param name="options">Retries and time-outs; null for the defaults.</param>
    public AnyFetchClient(Uri baseAddress, AnyFetchCredentials credentials, AnyFetchClientOptions? options = null)
        : this(SharedHttp.Client, baseAddress, credentials, options)
    {
    }

    /// <summary>Creates a client over an <see cref="HttpClient"/> that the caller owns.</summary>
    /// <param name="http">Sends the requests; its own <see cref="HttpClient.Timeout"/> also applies.</param>
    /// <param name="baseAddress">The server, for example <c>http://localhost:8080/</c>; a path prefix is kept.</param>
    /// <param name="credentials">Who calls.</param>
    /// <param name="options">Retries and time-outs; null for the defaults.</param>
    public AnyFetchClient(
        HttpClient http, Uri baseAddress, AnyFetchCredentials credentials, AnyFetchClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(baseAddress);
        ArgumentNullException.ThrowIfNull(credentials);
        _transport = new ApiTransport(http, baseAddress, credentials, options ?? new AnyFetchClientOptions());
        Documents = new DocumentsClient(_transport);
        Users = new UsersClient(_transport);
        Companies = new CompaniesClient(_transport);
        DocumentTypes = new DocumentTypesClient(_transport);
        Providers = new ProvidersClient(_transport);
        Hydraters = new HydratersClient(_transport);
    }

    /// <summary>Search, documents and their files.</summary>
    public DocumentsClient Documents { get; }

    /// <summary>The current user and the users of the company.</summary>
    public UsersClient Users { get; }

    /// <summary>The company and its subcompanies.</summary>
    public CompaniesClient Companies { get; }

    /// <summary>Built-in and custom document types.</summary>
    public DocumentTypesClient DocumentTypes { get; }

    /// <summary>The connected sources of the current user.</summary>
    public ProvidersClient Providers { get; }

    /// <summary>The hydraters that the company can use.</summary>
    public HydratersClient Hydraters { get; }

    /// <summary>Whether the server is up: <c>GET /status</c>.</summary>
    public Task<ServerStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("status", ClientJson.Default.ServerStatus, cancellationToken);

    /// <summary>Who the caller is and where things are: <c>GET /</c>. The cheapest check of credentials.</summary>
    public Task<ApiIndex> GetIndexAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("", ClientJson.Default.ApiIndex, cancellationToken);

    /// <summary>The caller's basic token, created on the first call: <c>GET /token</c>. Needs Basic credentials.</summary>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        var reply = await _transport.GetAsync("token", ClientJson.Default.TokenReply, cancellationToken);
        return reply.Token;
    }

    /// <summary>Revokes the basic token and deletes its documents: <c>DELETE /token</c>. Needs Basic credentials.</summary>
    public Task RevokeTokenAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete("token"), cancellationToken);

    /// <summary>
    /// Reports that the source's own grant of this token died, so that a person must reconnect:
    /// <c>POST /token/refresh</c>.
    /// </summary>
    public Task ReportRefreshNeededAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Post("token/refresh") with { Idempotent = true }, cancellationToken);

    /// <summary>Reports the end of a provider's run: <c>POST /track/provider-updated</c>.</summary>
    /// <param name="report">The times of the run.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task TrackProviderUpdatedAsync(ProviderUpdatedReport report, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiRequest.PostJson("track/provider-updated", report, ClientJson.Default.ProviderUpdatedReport),
            cancellationToken);

    /// <summary>
    /// Which addresses belong to users of the token's company: <c>POST /readers</c>. For providers that carry over who may
    /// see an item. Needs a token.
    /// </summary>
    /// <param name="emails">At most 500 addresses that the source has verified.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The ids of those that are users, by the address as it was given.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindReadersAsync(
        IReadOnlyCollection<string> emails, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        var request = ApiRequest.PostJson("readers", new ReadersQuestion(emails), ClientJson.Default.ReadersQuestion);
        var reply = await _transport.ReadAsync(
            request with { Idempotent = true }, ClientJson.Default.ReadersReply, cancellationToken);
        return reply.Users;
    }

    /// <summary>Several GET calls in one: <c>GET /batch</c>.</summary>
    /// <param name="pages">1 to 9 paths, each starting with <c>/</c>, with their own query.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Each page's body, also when one of them failed (<see cref="BatchResult.Errored"/>).</returns>
    public async Task<BatchResult> BatchAsync(IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var query = new QueryBuilder("batch").AddAll("pages", pages).ToString();
        using var response = await _transport.SendForResponseAsync(ApiRequest.Get(query), cancellationToken);
        var body = await ApiTransport.ReadBodyAsync(response, cancellationToken);
        return BatchResult.TryRead(response.StatusCode, body, out var result)
            ? result
            : throw ApiTransport.ToException(response, body, TimeProvider.System);
    }

    /// <summary>Any GET that this client has no method for, as JSON.</summary>
    /// <param name="pathAndQuery">Relative to the base address, for example <c>documents?limit=0</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JsonElement> GetJsonAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        return _transport.GetAsync(pathAndQuery.TrimStart('/'), ClientJson.Default.JsonElement, cancellationToken);
    }
}

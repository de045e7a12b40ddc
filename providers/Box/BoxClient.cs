using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>Box' HTTP interface, version 2.0: what is gone is null, other refusals are exceptions that say what follows.</summary>
internal sealed class BoxClient : IDisposable
{
    private const int ReadersMax = 10_000;

    private readonly SourceHttp _calls;
    private readonly BoxProviderOptions _options;
    private readonly TimeProvider _time;

    public BoxClient(BoxProviderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _time = timeProvider;
        _calls = new SourceHttp("Box", options.AnswerBytesMax);
        OAuth = new OAuthClient(
            _calls.Http,
            new OAuthApplication(
                options.ClientId, options.ClientSecret, options.AuthorizeUrl, new Uri(options.ApiUrl, "oauth2/token")),
            timeProvider);
        Session = new OAuthSession(OAuth, timeProvider);
    }

    public OAuthClient OAuth { get; }

    public OAuthSession Session { get; }

    public void Dispose() => _calls.Dispose();

    /// <summary>Where the stream of events ends now.</summary>
    public async Task<string> GetPositionAsync(SourceAccount account, CancellationToken cancellationToken)
    {
        var page = await AskAsync(
            account, "2.0/events?stream_type=changes&stream_position=now", BoxJson.Default.BoxEventPage, cancellationToken);
        return page.Position;
    }

    /// <summary>What happened since a position.</summary>
    /// <exception cref="CursorExpiredException">Box knows the position no longer.</exception>
    public async Task<BoxEventPage> ListEventsAsync(
        SourceAccount account, string position, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(
                account,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"2.0/events?stream_type=changes&limit={_options.PageEventsMax}&stream_position={Escape(position)}"),
                BoxJson.Default.BoxEventPage,
                cancellationToken);
        }
        catch (BoxException refused) when (refused.Status == HttpStatusCode.BadRequest)
        {
            throw new CursorExpiredException("Box no longer knows the position in its events.", refused);
        }
    }

    /// <summary>One page of a folder; null when the folder is gone.</summary>
    public Task<BoxFolderPage?> ListFolderAsync(
        SourceAccount account, string id, string? marker, CancellationToken cancellationToken) =>
        FindAsync(
            account,
            string.Create(
                CultureInfo.InvariantCulture,
                $"2.0/folders/{Escape(id)}/items?usemarker=true&limit={_options.PageItemsMax}&fields={BoxItem.Fields}")
                + (marker is null ? "" : "&marker=" + Escape(marker)),
            BoxJson.Default.BoxFolderPage,
            cancellationToken);

    /// <summary>One file as it is now; null when it is gone.</summary>
    public async Task<BoxItem?> FindFileAsync(SourceAccount account, string id, CancellationToken cancellationToken)
    {
        var item = await FindAsync(
            account, $"2.0/files/{Escape(id)}?fields={BoxItem.Fields}", BoxJson.Default.BoxItem, cancellationToken);
        return item?.IsActive == true ? item : null;
    }

    /// <summary>Who may see a folder or a file; null when the account may not know, or there are too many.</summary>
    public async Task<IReadOnlyList<BoxCollaboration>?> ListCollaborationsAsync(
        SourceAccount account, string kind, string id, CancellationToken cancellationToken)
    {
        var all = new List<BoxCollaboration>();
        for (var marker = ""; all.Count <= ReadersMax;)
        {
            var address = $"2.0/{kind}/{Escape(id)}/collaborations?limit=1000&fields=status,role,accessible_by"
                + (marker.Length > 0 ? "&marker=" + Escape(marker) : "");
            if (await AskOrNullAsync(account, address, BoxJson.Default.BoxCollaborationPage, cancellationToken) is not { } page)
            {
                return null;
            }

            all.AddRange(page.Entries);
            if (page.NextMarker is not { Length: > 0 } next)
            {
                return all;
            }

            marker = next;
        }

        return null;
    }

    /// <summary>The addresses of a group's members; null when the account may not know, or there are too many.</summary>
    public async Task<IReadOnlyCollection<string>?> ListMembersAsync(
        SourceAccount account, string group, CancellationToken cancellationToken)
    {
        var all = new List<string>();
        for (var offset = 0; offset <= ReadersMax;)
        {
            var address = string.Create(
                CultureInfo.InvariantCulture, $"2.0/groups/{Escape(group)}/memberships?limit=1000&offset={offset}");
            if (await AskOrNullAsync(account, address, BoxJson.Default.BoxMemberPage, cancellationToken) is not { } page)
            {
                return null;
            }

            all.AddRange(page.Entries.Select(member => member.User?.Login).OfType<string>());
            offset += page.Entries.Count;
            if (page.Entries.Count == 0 || offset >= (page.TotalCount ?? 0))
            {
                return all;
            }
        }

        return null;
    }

    /// <summary>Opens the content of a file. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="SourceException">Not ready yet (202), with the time to wait; or refused.</exception>
    public async Task<Stream> OpenAsync(SourceAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(account, $"2.0/files/{Escape(id)}/content", cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.Accepted))
            {
                return await SourceHttp.OpenAsync(response, cancellationToken);
            }

            using (response)
            {
                return response.StatusCode == HttpStatusCode.Found
                    ? await FollowAsync(response.Headers.Location, cancellationToken)
                    : throw new SourceException(
                        HttpStatusCode.ServiceUnavailable,
                        "Box is still preparing the file.",
                        SourceException.RetryAfterOf(response, _time));
            }
        }
        catch (BoxException refused) when (refused.IsGone)
        {
            throw new FileNotFoundException("The file is gone.", refused);
        }
    }

    /// <summary>Who an access token belongs to.</summary>
    public async Task<BoxUser> GetUserAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var request = Request("2.0/users/me?fields=id,login", accessToken);
        using var response = await _calls.CallAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
        return await _calls.ReadAsync(response, BoxJson.Default.BoxUser, cancellationToken);
    }

    /// <summary>Gives a grant back.</summary>
    public async Task RevokeAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.ApiUrl, "oauth2/revoke"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = _options.ClientId, ["client_secret"] = _options.ClientSecret, ["token"] = token,
            }),
        };
        using var response = await _calls.CallAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
    }

    // The content lies elsewhere, under an address that is itself the permission: the token stays here.
    private async Task<Stream> FollowAsync(Uri? address, CancellationToken cancellationToken)
    {
        if (address is not { IsAbsoluteUri: true }
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != _options.ApiUrl.Scheme))
        {
            throw new SourceException(HttpStatusCode.BadGateway, "Box sent the download nowhere.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var response = await _calls.CallAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await SourceHttp.OpenAsync(response, cancellationToken);
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async Task<T?> FindAsync<T>(
        SourceAccount account, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await AskAsync(account, path, shape, cancellationToken);
        }
        catch (BoxException refused) when (refused.IsGone)
        {
            return null;
        }
    }

    // Who may see something is told to some and not to others: a refusal is an answer.
    private async Task<T?> AskOrNullAsync<T>(
        SourceAccount account, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await AskAsync(account, path, shape, cancellationToken);
        }
        catch (BoxException refused) when (refused.IsGone || (refused is { Status: HttpStatusCode.Forbidden, IsRetryable: false }))
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(
        SourceAccount account, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(account, path, cancellationToken);
        return await _calls.ReadAsync(response, shape, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(
        SourceAccount account, string path, CancellationToken cancellationToken) =>
        _calls.SendAsync(Session, account, token => Request(path, token), RefuseAsync, cancellationToken);

    private HttpRequestMessage Request(string path, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_options.ApiUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private Task RefuseAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode == HttpStatusCode.Unauthorized
            ? Task.CompletedTask
            : ThrowIfRefusedAsync(response, cancellationToken);

    private async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async Task<BoxException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var refusal = await SourceHttp.ReadRefusalAsync(response, BoxJson.Default.BoxRefusal, cancellationToken);
        return new BoxException(response.StatusCode, refusal?.Code ?? "", SourceException.RetryAfterOf(response, _time));
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}

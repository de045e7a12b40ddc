using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Salesforce's REST interface. Each account has a host to sign in and an address of its organisation.</summary>
internal sealed class SalesforceClient : IDisposable
{
    public const string LoginMember = "login_url";
    public const string InstanceMember = "instance_url";

    private readonly ConcurrentDictionary<string, OAuthSession> _sessions = new(StringComparer.Ordinal);
    private readonly SourceHttp _calls;
    private readonly SalesforceProviderOptions _options;
    private readonly TimeProvider _time;

    public SalesforceClient(SalesforceProviderOptions options, TimeProvider timeProvider)
    {
        (_options, _time) = (options, timeProvider);
        _calls = new SourceHttp("Salesforce", options.AnswerBytesMax);
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>The flow at one of Salesforce's hosts.</summary>
    public OAuthClient OAuth(Uri login) => new(
        _calls.Http,
        new OAuthApplication(
            _options.ClientId,
            _options.ClientSecret,
            new Uri(login, "services/oauth2/authorize"),
            new Uri(login, "services/oauth2/token"))
        {
            Scopes = ["api", "id", "refresh_token"],
            AuthorizeParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
        },
        _time);

    /// <summary>Keeps the tokens of the accounts of one host.</summary>
    public OAuthSession Session(Uri login) =>
        _sessions.GetOrAdd(login.AbsoluteUri, _ => new OAuthSession(OAuth(login), _time));

    /// <summary>The records that a query finds, or the first of them.</summary>
    public Task<SalesforcePage> QueryAsync(SourceAccount account, string query, CancellationToken cancellationToken) =>
        AskAsync(
            account, "query?q=" + Uri.EscapeDataString(query), SalesforceJson.Default.SalesforcePage, cancellationToken);

    /// <summary>The fields of an object that the account may see, with their types; null when it may not see the object.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> DescribeAsync(
        SourceAccount account, string name, CancellationToken cancellationToken)
    {
        try
        {
            var description = await AskAsync(
                account, $"sobjects/{name}/describe", SalesforceJson.Default.SalesforceDescription, cancellationToken);
            return description.Fields.ToDictionary(field => field.Name, field => field.Type ?? "", StringComparer.Ordinal);
        }
        catch (SalesforceException refused) when (refused.IsUnavailable)
        {
            return null;
        }
    }

    /// <summary>What was deleted in a span of time.</summary>
    /// <exception cref="CursorExpiredException">The span begins before what Salesforce remembers.</exception>
    public async Task<SalesforceDeletions> ListDeletedAsync(
        SourceAccount account, string name, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var span = $"start={Escape(SalesforceDates.Write(start))}&end={Escape(SalesforceDates.Write(end))}";
        try
        {
            var deletions = await AskAsync(
                account, $"sobjects/{name}/deleted/?{span}", SalesforceJson.Default.SalesforceDeletions, cancellationToken);
            return SalesforceDates.Read(deletions.EarliestDateAvailable) is { } earliest && earliest > start
                ? throw new CursorExpiredException("Salesforce no longer knows all deletions since the last run.")
                : deletions;
        }
        catch (SalesforceException refused) when (refused.Code is "INVALID_REPLICATION_DATE" or "EXCEEDED_ID_LIMIT")
        {
            throw new CursorExpiredException("Salesforce does not tell the deletions since the last run.", refused);
        }
    }

    /// <summary>Opens the content of a record. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<Stream> OpenAsync(SourceAccount account, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SourceHttp.OpenAsync(
                await SendAsync(account, HttpMethod.Get, path, body: null, cancellationToken), cancellationToken);
        }
        catch (SalesforceException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException("The file is gone.", refused);
        }
    }

    /// <summary>The name of a user, by which people tell their accounts apart.</summary>
    public async Task<string?> GetUserNameAsync(
        Uri instance, string accessToken, string userId, CancellationToken cancellationToken)
    {
        using var request = Request(
            instance, HttpMethod.Get, $"sobjects/User/{Escape(userId)}?fields=Username", body: null, accessToken);
        using var response = await _calls.CallAsync(request, cancellationToken);
        SourceException.ThrowIfRefused(response, _time);
        var user = await _calls.ReadAsync(response, SalesforceJson.Default.SalesforceUser, cancellationToken);
        return user.Username;
    }

    /// <summary>Gives a grant back.</summary>
    public async Task RevokeAsync(Uri login, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(login, "services/oauth2/revoke"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }),
        };
        using var response = await _calls.CallAsync(request, cancellationToken);
        SourceException.ThrowIfRefused(response, _time);
    }

    /// <summary>An address that belongs to an account.</summary>
    public static Uri Address(SourceAccount account, string member) =>
        Uri.TryCreate(account.Text(member), UriKind.Absolute, out var address)
            ? address
            : throw new TokenException("The account does not know its organisation: reconnect it.");

    /// <summary>Makes a call whose answer is JSON.</summary>
    public async Task<T> CallAsync<T>(
        SourceAccount account, HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> shape,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(account, method, path, body, cancellationToken);
        return await _calls.ReadAsync(response, shape, cancellationToken);
    }

    /// <summary>Makes a call; the caller reads the answer and disposes it.</summary>
    public Task<HttpResponseMessage> SendAsync(
        SourceAccount account, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var instance = Address(account, InstanceMember);
        return _calls.SendAsync(
            Session(Address(account, LoginMember)), account, token => Request(instance, method, path, body, token),
            RefuseAsync, cancellationToken);
    }

    private Task<T> AskAsync<T>(
        SourceAccount account, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        CallAsync(account, HttpMethod.Get, path, body: null, shape, cancellationToken);

    private HttpRequestMessage Request(Uri instance, HttpMethod method, string path, JsonObject? body, string token)
    {
        var address = new Uri(instance, $"services/data/{_options.ApiVersion}/{path}");
        var request = new HttpRequestMessage(method, address)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task RefuseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return;
        }

        var refusals = await SourceHttp.ReadRefusalAsync(
            response, SalesforceJson.Default.IReadOnlyListSalesforceRefusal, cancellationToken);
        var code = refusals is [{ ErrorCode: { } first }, ..] ? first : "";

        // The organisation's calls of the day are used up: they come back little by little.
        var wait = code == "REQUEST_LIMIT_EXCEEDED"
            ? TimeSpan.FromMinutes(_options.LimitPauseMinutes)
            : SourceException.RetryAfterOf(response, _time);
        throw new SalesforceException(response.StatusCode, code, wait);
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Provider;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>What Google's interfaces have in common: consent, tokens, questions by address, refusals with a reason.</summary>
internal sealed class GoogleConnection : IDisposable
{
    /// <summary>The member of the service data that holds the account's address.</summary>
    public const string EmailMember = "email";

    private readonly GoogleApplicationOptions _options;
    private readonly TimeProvider _time;
    private readonly SourceHttp _calls;
    private readonly OAuthClient _oauth;
    private readonly OAuthSession _session;
    private readonly string _scope;

    /// <summary>Creates a connection.</summary>
    /// <param name="name">The service's name, for people.</param>
    /// <param name="scope">What is asked for, besides the person's address.</param>
    /// <param name="options">The application.</param>
    /// <param name="timeProvider">The clock.</param>
    public GoogleConnection(string name, string scope, GoogleApplicationOptions options, TimeProvider timeProvider)
    {
        (_options, _time, _scope) = (options, timeProvider, scope);
        _calls = new SourceHttp(name, options.AnswerBytesMax);
        _oauth = new OAuthClient(
            _calls.Http,
            new OAuthApplication(options.ClientId, options.ClientSecret, options.AuthorizeUrl, options.TokenUrl)
            {
                Scopes = [scope, "openid", "email"],
                AuthorizeParameters = new Dictionary<string, string>
                {
                    ["access_type"] = "offline", ["prompt"] = "consent",
                },
            },
            timeProvider);
        _session = new OAuthSession(_oauth, timeProvider);
    }

    public void Dispose() => _calls.Dispose();

    public ConnectStart Begin(ConnectRequest request) => new(_oauth.AuthorizeUrl(request));

    /// <summary>Trades the code, and asks whose account it is.</summary>
    public async Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        var tokens = await _oauth.ExchangeAsync(reply, cancellationToken);

        // On Google's page each permission has a box of its own, which may have been left empty.
        if ((string?)tokens.Answer["scope"] is { } granted && !granted.Split(' ').Contains(_scope))
        {
            throw new ConnectException("The access was not granted: connect again and tick the box for it.");
        }

        using var request = Request(_options.UserInfoUrl, tokens.AccessToken);
        var user = await AskAsync(request, GoogleJson.Default.GoogleUser, cancellationToken);
        if (user.Email is not { Length: > 0 } email)
        {
            throw new ConnectException("Google did not say whose account it is.");
        }

        var data = _session.Begin(tokens);
        data[EmailMember] = email;
        return new ConnectedSource(email, data);
    }

    /// <summary>Gives a grant back.</summary>
    public async Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        if ((string?)serviceData["refresh_token"] is not { } token)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, _options.RevokeUrl)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]),
        };
        using var response = await _calls.CallAsync(request, cancellationToken);
        SourceException.ThrowIfRefused(response, _time);
    }

    /// <summary>Asks for what Google tells everybody.</summary>
    /// <exception cref="SourceException">It was refused.</exception>
    public async Task<T> GetPublicAsync<T>(Uri address, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await AskAsync(request, shape, cancellationToken);
    }

    /// <summary>Asks a question.</summary>
    /// <exception cref="GoogleException">It was refused.</exception>
    public async Task<T> GetAsync<T>(
        SourceAccount account, Uri address, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(account, address, cancellationToken);
        return await _calls.ReadAsync(response, shape, cancellationToken);
    }

    /// <summary>Asks for a change.</summary>
    /// <exception cref="GoogleException">It was refused.</exception>
    public async Task<TAnswer> PostAsync<TQuestion, TAnswer>(
        SourceAccount account, Uri address, TQuestion question, JsonTypeInfo<TQuestion> questionShape,
        JsonTypeInfo<TAnswer> answerShape, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(
            account, address, JsonSerializer.Serialize(question, questionShape), cancellationToken);
        return await _calls.ReadAsync(response, answerShape, cancellationToken);
    }

    /// <summary>Asks for a change that has no answer; one that is made already is no failure.</summary>
    /// <exception cref="GoogleException">It was refused.</exception>
    public async Task EndAsync(SourceAccount account, Uri address, string question, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await PostAsync(account, address, question, cancellationToken);
        }
        catch (GoogleException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            // Nothing is there to end.
        }
    }

    /// <summary>Asks for something that may be gone; null then.</summary>
    public async Task<T?> FindAsync<T>(
        SourceAccount account, Uri address, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync(account, address, shape, cancellationToken);
        }
        catch (GoogleException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Opens a content. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<Stream> OpenAsync(SourceAccount account, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(account, address, cancellationToken);
            return await SourceHttp.OpenAsync(response, cancellationToken);
        }
        catch (GoogleException refused) when (refused.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            throw new FileNotFoundException("The file is gone.", refused);
        }
    }

    /// <summary>An address with parameters; those without a value are left out.</summary>
    public static Uri Address(Uri root, string path, params (string Name, string? Value)[] parameters) =>
        new(QueryHelpers.AddQueryString(
            new Uri(root, path).AbsoluteUri,
            parameters.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Name, entry => entry.Value)));

    private async Task<T> AskAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        using var response = await _calls.CallAsync(request, cancellationToken);
        SourceException.ThrowIfRefused(response, _time);
        return await _calls.ReadAsync(response, shape, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(SourceAccount account, Uri address, CancellationToken cancellationToken) =>
        _calls.SendAsync(_session, account, token => Request(address, token), RefuseAsync, cancellationToken);

    private Task<HttpResponseMessage> PostAsync(
        SourceAccount account, Uri address, string question, CancellationToken cancellationToken) =>
        _calls.SendAsync(_session, account, token => Request(address, token, question), RefuseAsync, cancellationToken);

    private static HttpRequestMessage Request(Uri address, string token, string? question = null)
    {
        var request = new HttpRequestMessage(question is null ? HttpMethod.Get : HttpMethod.Post, address)
        {
            Content = question is null ? null : new StringContent(question, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task RefuseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var refusal = await SourceHttp.ReadRefusalAsync(response, GoogleJson.Default.GoogleRefusal, cancellationToken);
        var refused = new GoogleException(
            response.StatusCode, refusal?.Error, SourceException.RetryAfterOf(response, _time));
        if (refused is { Status: HttpStatusCode.Unauthorized, IsAboutNotices: false })
        {
            return;
        }

        throw refused.IsMissingScope
            ? new TokenException("Google no longer grants this access: reconnect it.", refused)
            : refused;
    }
}

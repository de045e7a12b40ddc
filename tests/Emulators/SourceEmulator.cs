using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Emulators;

/// <summary>A cloud source over real HTTP: remembers every call, breaks on demand, and grants access by OAuth 2 with PKCE.</summary>
public abstract class SourceEmulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    protected SourceEmulator(TimeProvider time, string url)
    {
        Time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", url);
        _app = builder.Build();
        _app.MapGet("/control", ControlAsync);
        _app.MapFallback("{**path}", HandleAsync);
    }

    public Uri Url => new(_app.Urls.First() + "/");

    /// <summary>Every call in order.</summary>
    public ConcurrentQueue<EmulatedCall> Calls { get; } = new();

    /// <summary>Whether people refuse at the consent page.</summary>
    public bool Refuses { get; set; }

    /// <summary>Forces an answer; null lets the emulator answer as usual.</summary>
    public Func<EmulatedCall, Fault?> Intercept { get; set; } = _ => null;

    /// <summary>Codes and tokens.</summary>
    public abstract OAuthGrants Grants { get; }

    /// <summary>The application that may connect.</summary>
    protected abstract (string Id, string Secret) Application { get; }

    protected TimeProvider Time { get; }

    /// <summary>How the body of a call becomes a text.</summary>
    protected virtual Encoding BodyEncoding => Encoding.UTF8;

    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public IReadOnlyList<EmulatedCall> Of(string path) => [.. Calls.Where(call => call.Path == path)];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static async Task<T> StartAsync<T>(T emulator)
        where T : SourceEmulator
    {
        ArgumentNullException.ThrowIfNull(emulator);
        await emulator._app.StartAsync();
        return emulator;
    }

    /// <summary>Answers a call as the source would.</summary>
    protected abstract Task AnswerAsync(HttpContext http, EmulatedCall call);

    /// <summary><c>/control</c>, for people with a browser.</summary>
    protected virtual Task ControlAsync(HttpContext http) => http.Response.WriteAsync("Nothing to control.");

    /// <summary>What a call asks for.</summary>
    protected virtual string ArgumentOf(HttpRequest request, string body) => body;

    /// <summary>Says more of a call before it is remembered, for services whose calls all have one path.</summary>
    protected virtual EmulatedCall Describe(EmulatedCall call) => call;

    /// <summary>The consent page, where people consent at once.</summary>
    protected void Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var answer = Refuses
            ? new Dictionary<string, string?> { ["error"] = "access_denied" }
            : new Dictionary<string, string?> { ["code"] = Grants.NewCode(query["code_challenge"].ToString()) };
        answer["state"] = query["state"];
        http.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
    }

    /// <summary>The token endpoint (RFC 6749, section 5).</summary>
    protected async Task TradeAsync(HttpContext http, EmulatedCall call)
    {
        var form = Form(call);
        if (form.GetValueOrDefault("client_id") != Application.Id
            || form.GetValueOrDefault("client_secret") != Application.Secret)
        {
            http.Response.StatusCode = 401;
            await http.Response.WriteAsJsonAsync(new { error = "invalid_client" });
        }
        else if (Grants.Trade(form) is { } answer)
        {
            await http.Response.WriteAsJsonAsync(answer);
        }
        else
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(
                new { error = "invalid_grant", error_description = "The token was expired or revoked." });
        }
    }

    /// <summary>The fields of a form.</summary>
    protected static Dictionary<string, string> Form(EmulatedCall call) =>
        QueryHelpers.ParseQuery(call.Argument).ToDictionary(entry => entry.Key, entry => entry.Value.ToString());

    private async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.TrimStart('/');
        using var reader = new StreamReader(http.Request.Body, BodyEncoding, detectEncodingFromByteOrderMarks: false);
        var body = await reader.ReadToEndAsync();
        var bearer = http.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..] : null;
        var call = Describe(new EmulatedCall(path, token, ArgumentOf(http.Request, body), Time.GetUtcNow())
        {
            Method = http.Request.Method, Query = http.Request.QueryString.Value ?? "",
        });
        Calls.Enqueue(call);
        var fault = Intercept(call);
        if (fault is { IsTruncated: false })
        {
            await AnswerAsync(http, fault);
            return;
        }

        if (fault is not null)
        {
            http.Response.Body = new TruncatedStream(http.Response.Body, http);
        }

        await AnswerAsync(http, call);
    }

    private static async Task AnswerAsync(HttpContext http, Fault fault)
    {
        http.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is not null)
        {
            http.Response.Headers.RetryAfter = fault.RetryAfter;
        }

        await http.Response.WriteAsync(fault.Body);
    }
}

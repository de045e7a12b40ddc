using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>
/// A Dropbox with one account, over real HTTP, made after its published reference: OAuth 2 with PKCE and offline access,
/// list_folder with cursors, downloads, exports, thumbnails, and the errors of each.
/// </summary>
public sealed class DropboxEmulator : IAsyncDisposable
{
    public const string AppKey = "key0123456789";
    public const string AppSecret = "secret0123456789";
    public const string AccountId = "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc";
    public const string Email = "ann@dropbox.test";

    private const int LimitDefault = 500;

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly DropboxListings _listings;

    private DropboxEmulator(WebApplication app, TimeProvider time)
    {
        (_app, _time) = (app, time);
        Files = new DropboxFiles(time);
        Grants = new DropboxGrants(time);
        _listings = new DropboxListings(Files);
    }

    public Uri Url => new(_app.Urls.First() + "/");

    public DropboxFiles Files { get; }

    public DropboxGrants Grants { get; }

    /// <summary>Every call in order.</summary>
    public ConcurrentQueue<EmulatedCall> Calls { get; } = new();

    /// <summary>Whether people refuse at the consent page.</summary>
    public bool Refuses { get; set; }

    /// <summary>The namespace of the account's root when it differs from its home, as in team spaces.</summary>
    public string? TeamRoot { get; set; }

    /// <summary>Forces an answer; null lets the emulator answer as usual.</summary>
    public Func<EmulatedCall, Fault?> Intercept { get; set; } = _ => null;

    public static async Task<DropboxEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", url);
        var app = builder.Build();
        var emulator = new DropboxEmulator(app, time ?? TimeProvider.System);
        app.MapGet("/control", (HttpContext http) => DropboxControl.HandleAsync(emulator, http));
        app.MapFallback("{**path}", emulator.HandleAsync);
        await app.StartAsync();
        return emulator;
    }

    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public IReadOnlyList<EmulatedCall> Of(string path) => [.. Calls.Where(call => call.Path == path)];

    /// <summary>Makes every cursor that was given out unusable.</summary>
    public void ResetCursors() => _listings.Reset();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.TrimStart('/');
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var argument = http.Request.Headers["Dropbox-API-Arg"].FirstOrDefault() ?? body;
        var bearer = http.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..] : null;
        var call = new EmulatedCall(path, token, argument, _time.GetUtcNow());
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

    private async Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "oauth2/authorize":
                Authorize(http);
                return;
            case "oauth2/token":
                await TradeAsync(http, call);
                return;
        }

        if (!Grants.IsGood(call.Token))
        {
            await RefuseAsync(http, 401, "expired_access_token");
            return;
        }

        if (TeamRoot is not null && call.Path.StartsWith("2/files", StringComparison.Ordinal)
            && !http.Request.Headers["Dropbox-API-Path-Root"].ToString().Contains(TeamRoot, StringComparison.Ordinal))
        {
            await RefuseAsync(http, 422, "invalid_root");
            return;
        }

        await FilesAsync(http, call);
    }

    private async Task FilesAsync(HttpContext http, EmulatedCall call)
    {
        var argument = call.Argument.Length > 0 ? JsonNode.Parse(call.Argument)!.AsObject() : [];
        var file = Files.Find((string?)argument["path"] ?? (string?)argument["resource"]?["path"] ?? "");
        switch (call.Path)
        {
            case "2/users/get_current_account":
                await http.Response.WriteAsJsonAsync(Account());
                return;
            case "2/auth/token/revoke":
                Grants.Revoke(call.Token!);
                await http.Response.WriteAsync("null");
                return;
            case "2/files/list_folder":
                await http.Response.WriteAsJsonAsync(_listings.Begin((int?)argument["limit"] ?? LimitDefault));
                return;
            case "2/files/list_folder/continue":
                await (_listings.Continue((string?)argument["cursor"] ?? "") is { } page
                    ? http.Response.WriteAsJsonAsync(page)
                    : RefuseAsync(http, 409, "reset"));
                return;
            default:
                await FileAsync(http, call.Path, file);
                return;
        }
    }

    private async Task FileAsync(HttpContext http, string path, DropboxFile? file)
    {
        if (file is null)
        {
            await RefuseAsync(http, 409, "path/not_found", "path");
            return;
        }

        switch (path)
        {
            case "2/files/get_metadata":
                await http.Response.WriteAsJsonAsync(DropboxFiles.Describe(file));
                return;
            case "2/files/download" when file.ExportAs is not null:
                await RefuseAsync(http, 409, "unsupported_file");
                return;
            case "2/files/export" when file.ExportAs is null:
                await RefuseAsync(http, 409, "non_exportable");
                return;
            case "2/files/download" or "2/files/export" or "2/files/get_thumbnail_v2":
                http.Response.Headers["Dropbox-API-Result"] = DropboxFiles.Describe(file).ToJsonString();
                http.Response.ContentType = "application/octet-stream";
                http.Response.ContentLength = path == "2/files/download" ? file.Content.Length : null;
                await http.Response.Body.WriteAsync(file.Content);
                return;
            default:
                http.Response.StatusCode = 404;
                return;
        }
    }

    private JsonObject Account() => new()
    {
        ["account_id"] = AccountId,
        ["email"] = Email,
        ["email_verified"] = true,
        ["root_info"] = new JsonObject
        {
            [".tag"] = TeamRoot is null ? "user" : "team",
            ["root_namespace_id"] = TeamRoot ?? "3235641",
            ["home_namespace_id"] = "3235641",
        },
    };

    private void Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var answer = Refuses
            ? new Dictionary<string, string?> { ["error"] = "access_denied" }
            : new Dictionary<string, string?> { ["code"] = Grants.NewCode(query["code_challenge"].ToString()) };
        answer["state"] = query["state"];
        http.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
    }

    private async Task TradeAsync(HttpContext http, EmulatedCall call)
    {
        var form = QueryHelpers.ParseQuery(call.Argument).ToDictionary(entry => entry.Key, entry => entry.Value.ToString());
        if (form.GetValueOrDefault("client_id") != AppKey || form.GetValueOrDefault("client_secret") != AppSecret)
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
                new { error = "invalid_grant", error_description = "refresh token is invalid or revoked" });
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string tag, string? outer = null)
    {
        http.Response.StatusCode = status;
        var error = new JsonObject { [".tag"] = outer ?? tag };
        return http.Response.WriteAsJsonAsync(
            new JsonObject { ["error_summary"] = tag + "/..", ["error"] = error });
    }
}

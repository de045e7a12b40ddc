using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>
/// A Dropbox with one account, over real HTTP, made after its published reference: OAuth 2 with PKCE and offline access,
/// list_folder with cursors, downloads, exports, thumbnails, and the errors of each.
/// </summary>
public sealed class DropboxEmulator : SourceEmulator, IEmulator<DropboxEmulator>
{
    public const string AppKey = "key0123456789";
    public const string AppSecret = "secret0123456789";
    public const string AccountId = "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc";
    public const string Email = "ann@dropbox.test";

    private const int LimitDefault = 500;
    private const int AccessSeconds = 14400;

    private readonly DropboxListings _listings;

    private DropboxEmulator(TimeProvider time, string url)
        : base(time, url)
    {
        Files = new DropboxFiles(time);
        Grants = new OAuthGrants(time, AccessSeconds) { AccessPrefix = "sl.", Members = Granted };
        _listings = new DropboxListings(Files);
    }

    public DropboxFiles Files { get; }

    public override OAuthGrants Grants { get; }

    /// <summary>The namespace of the account's root when it differs from its home, as in team spaces.</summary>
    public string? TeamRoot { get; set; }

    protected override (string Id, string Secret) Application => (AppKey, AppSecret);

    public static Task<DropboxEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new DropboxEmulator(time ?? TimeProvider.System, url));

    /// <summary>Makes every cursor that was given out unusable.</summary>
    public void ResetCursors() => _listings.Reset();

    protected override Task ControlAsync(HttpContext http) => DropboxControl.HandleAsync(this, http);

    protected override string ArgumentOf(HttpRequest request, string body) =>
        request.Headers["Dropbox-API-Arg"].FirstOrDefault() ?? body;

    protected override async Task AnswerAsync(HttpContext http, EmulatedCall call)
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
            case var path when path.StartsWith("2/sharing/", StringComparison.Ordinal) || path == "2/users/get_account_batch":
                await (Files.Memberships.Answer(path, argument) is { } answer
                    ? http.Response.WriteAsJsonAsync(answer)
                    : RefuseAsync(http, 409, "access_error/no_permission"));
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
                await http.Response.WriteAsJsonAsync(Files.Describe(file));
                return;
            case "2/files/download" when file.ExportAs is not null:
                await RefuseAsync(http, 409, "unsupported_file");
                return;
            case "2/files/export" when file.ExportAs is null:
                await RefuseAsync(http, 409, "non_exportable");
                return;
            case "2/files/download" or "2/files/export" or "2/files/get_thumbnail_v2":
                http.Response.Headers["Dropbox-API-Result"] = Files.Describe(file).ToJsonString();
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

    private static Dictionary<string, object> Granted(bool isFirst) => isFirst
        ? new() { ["account_id"] = AccountId, ["scope"] = "account_info.read files.content.read files.metadata.read" }
        : [];

    private static Task RefuseAsync(HttpContext http, int status, string tag, string? outer = null)
    {
        http.Response.StatusCode = status;
        var error = new JsonObject { [".tag"] = outer ?? tag };
        return http.Response.WriteAsJsonAsync(
            new JsonObject { ["error_summary"] = tag + "/..", ["error"] = error });
    }
}

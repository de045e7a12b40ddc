using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Box;

/// <summary>
/// A Box with one account, over real HTTP, made after its published reference: OAuth 2 with refresh tokens that work once,
/// folders by marker, the stream of events, downloads by way of another address, and the errors of each.
/// </summary>
public sealed class BoxEmulator : SourceEmulator, IEmulator<BoxEmulator>
{
    public const string ClientId = "boxkey0123456789";
    public const string ClientSecret = "boxsecret0123456789";
    public const string UserId = "11446498";
    public const string Login = "ann@box.test";

    private const int AccessSeconds = 3600;
    private const int LimitDefault = 100;

    private int _firstPosition;

    private BoxEmulator(TimeProvider time, string url)
        : base(time, url)
    {
        Files = new BoxFiles(time);
        Grants = new OAuthGrants(time, AccessSeconds) { Rotates = true };
    }

    public BoxFiles Files { get; }

    public override OAuthGrants Grants { get; }

    protected override (string Id, string Secret) Application => (ClientId, ClientSecret);

    public static Task<BoxEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new BoxEmulator(time ?? TimeProvider.System, url));

    /// <summary>Forgets all events so far: no position in them is known any more.</summary>
    public void ForgetEvents()
    {
        Files.AddLink("something else");
        _firstPosition = Files.Position;
    }

    protected override async Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "api/oauth2/authorize":
                Authorize(http);
                return;
            case "oauth2/token":
                await TradeAsync(http, call);
                return;
            case "oauth2/revoke":
                http.Response.StatusCode = Grants.Revoke(Form(call)["token"]) ? 200 : 400;
                return;
        }

        var parts = call.Path.Split('/');
        if (parts[0] == "dl")
        {
            await ContentAsync(http, parts[1]);
        }
        else if (!Grants.IsGood(call.Token))
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = """Bearer realm="Service", error="invalid_token" """.Trim();
        }
        else
        {
            await ItemsAsync(http, parts);
        }
    }

    private Task ItemsAsync(HttpContext http, string[] parts) => parts switch
    {
        ["2.0", "users", "me"] => http.Response.WriteAsJsonAsync(
            new JsonObject { ["type"] = "user", ["id"] = UserId, ["login"] = Login }),
        ["2.0", "events"] => EventsAsync(http),
        ["2.0", "folders", var id, "items"] => FolderAsync(http, id),
        ["2.0", "folders" or "files", var id, "collaborations"] => CollaborationsAsync(http, id),
        ["2.0", "groups", var id, "memberships"] => MembersAsync(http, id),
        ["2.0", "files", var id, "content"] => DownloadAsync(http, id),
        ["2.0", "files", var id] => FileAsync(http, id),
        _ => RefuseAsync(http, 404, "not_found"),
    };

    // The position of the end is a number; a chunk may be empty and still move on.
    private Task EventsAsync(HttpContext http)
    {
        var asked = http.Request.Query["stream_position"].ToString();
        if (asked == "now")
        {
            return http.Response.WriteAsJsonAsync(Page([], Files.Position));
        }

        if (!int.TryParse(asked, CultureInfo.InvariantCulture, out var position) || position < _firstPosition)
        {
            return RefuseAsync(http, 400, "bad_request");
        }

        var events = Files.Since(position, Limit(http));
        return http.Response.WriteAsJsonAsync(Page(events, position + events.Count));

        static JsonObject Page(IReadOnlyList<JsonObject> events, int next) => new()
        {
            ["chunk_size"] = events.Count,
            ["next_stream_position"] = next,
            ["entries"] = new JsonArray([.. events]),
        };
    }

    private Task FolderAsync(HttpContext http, string id)
    {
        if (Files.Find(id) is not { Type: "folder" })
        {
            return RefuseAsync(http, 404, "not_found");
        }

        var start = int.TryParse(http.Request.Query["marker"], CultureInfo.InvariantCulture, out var marker) ? marker : 0;
        var items = Files.In(id);
        var page = items.Skip(start).Take(Limit(http)).Select(Files.Describe).ToList();
        var answer = new JsonObject { ["limit"] = Limit(http), ["entries"] = new JsonArray([.. page]) };
        if (start + page.Count < items.Count)
        {
            answer["next_marker"] = (start + page.Count).ToString(CultureInfo.InvariantCulture);
        }

        return http.Response.WriteAsJsonAsync(answer);
    }

    private Task FileAsync(HttpContext http, string id) =>
        Files.Find(id) is { Type: "file" } file
            ? http.Response.WriteAsJsonAsync(Files.Describe(file))
            : RefuseAsync(http, 404, "not_found");

    private Task DownloadAsync(HttpContext http, string id)
    {
        if (Files.Find(id) is not { Type: "file" } file)
        {
            return RefuseAsync(http, 404, "not_found");
        }

        if (!file.CanDownload)
        {
            return RefuseAsync(http, 403, "access_denied_insufficient_permissions");
        }

        http.Response.Redirect(new Uri(Url, "dl/" + id).AbsoluteUri);
        return Task.CompletedTask;
    }

    // The address alone is the permission: a token that comes along came to the wrong place.
    private async Task ContentAsync(HttpContext http, string id)
    {
        if (http.Request.Headers.Authorization.Count > 0 || Files.Find(id) is not { } file)
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = file.Content.Length;
        await http.Response.Body.WriteAsync(file.Content);
    }

    private Task CollaborationsAsync(HttpContext http, string id)
    {
        if (Files.Find(id) is not { } node)
        {
            return RefuseAsync(http, 404, "not_found");
        }

        var entries = node.Collaborators.Select(login => (JsonNode)new JsonObject
        {
            ["type"] = "collaboration",
            ["status"] = "accepted",
            ["role"] = login.StartsWith("uploader", StringComparison.Ordinal) ? "uploader" : "viewer",
            ["accessible_by"] = login.Contains('@', StringComparison.Ordinal)
                ? new JsonObject { ["type"] = "user", ["login"] = login }
                : new JsonObject { ["type"] = "group", ["id"] = login },
        });
        return http.Response.WriteAsJsonAsync(
            new JsonObject { ["total_count"] = node.Collaborators.Count, ["entries"] = new JsonArray([.. entries]) });
    }

    // Only administrators may look into a group that is secret.
    private static Task MembersAsync(HttpContext http, string id) => id == "secret"
        ? RefuseAsync(http, 403, "access_denied_insufficient_permissions")
        : http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["total_count"] = 1,
            ["entries"] = new JsonArray(new JsonObject
            {
                ["type"] = "group_membership", ["user"] = new JsonObject { ["type"] = "user", ["login"] = id + "@corp.test" },
            }),
        });

    private static int Limit(HttpContext http) =>
        int.TryParse(http.Request.Query["limit"], CultureInfo.InvariantCulture, out var limit) ? limit : LimitDefault;

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["type"] = "error", ["status"] = status, ["code"] = code, ["request_id"] = "abcdef123456",
        });
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// A Google Drive with one account, over real HTTP, made after the published reference of version 3: files with queries and
/// pages, logs of changes, downloads, exports, shared drives, and the refusals of each.
/// </summary>
public sealed partial class DriveEmulator : GoogleEmulator, IEmulator<DriveEmulator>
{
    private const string Api = "drive/v3/";
    private const int PageItemsDefault = 100;

    private int _epoch;

    private DriveEmulator(TimeProvider time, string url)
        : base(time, url, "https://www.googleapis.com/auth/drive.readonly") =>
        (Files, Channels) = (new DriveFiles(time), new DriveChannels(time));

    public DriveFiles Files { get; }

    /// <summary>Whom it tells of changes.</summary>
    public DriveChannels Channels { get; }

    /// <summary>The largest export, in bytes, as the reference limits them.</summary>
    public int ExportBytesMax { get; set; } = 10 * 1024 * 1024;

    public static Task<DriveEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new DriveEmulator(time ?? TimeProvider.System, url));

    /// <summary>Makes every page token that was given out unusable.</summary>
    public void ExpireTokens() => _epoch++;

    protected override async Task AnswerAsync(HttpContext http, string path, string question)
    {
        var query = http.Request.Query;
        var rest = path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..].Split('/') : [""];
        await (rest switch
        {
            ["changes", "startPageToken"] => StartTokenAsync(http, query["driveId"]),
            ["changes"] => ChangesAsync(http, query["driveId"]),
            ["changes", "watch"] when Position(query["pageToken"]) is null => RefuseAsync(http, 400, "invalid", "pageToken"),
            ["changes", "watch"] => Channels.BeginAsync(http, question, reason => RefuseAsync(http, 400, reason)),
            ["channels", "stop"] => StopAsync(http, question),
            ["drives"] => http.Response.WriteAsJsonAsync(Drives()),
            ["files"] => ListAsync(http, query["driveId"]),
            ["files", var id] when query["alt"] == "media" => DownloadAsync(http, id),
            ["files", var id, "permissions"] => PermissionsAsync(http, id),
            ["files", var id, "export"] => ExportAsync(http, id),
            ["files", var id] when Files.Find(id) is { } file => http.Response.WriteAsJsonAsync(Files.Describe(file)),
            ["files", ..] => RefuseAsync(http, 404, "notFound", "fileId"),
            _ => RefuseAsync(http, 404, "notFound"),
        });
    }

    private async Task StopAsync(HttpContext http, string question)
    {
        if (Channels.Stop(question))
        {
            http.Response.StatusCode = 204;
        }
        else
        {
            await RefuseAsync(http, 404, "notFound");
        }
    }

    private JsonObject Drives() => new()
    {
        ["drives"] = new JsonArray([.. Files.Drives.Select(drive => new JsonObject { ["id"] = drive.Key, ["name"] = drive.Value })]),
    };

    private Task StartTokenAsync(HttpContext http, string? drive) => Files.Position(drive) is { } position
        ? http.Response.WriteAsJsonAsync(new { startPageToken = Token(position) })
        : RefuseAsync(http, 404, "notFound", "driveId");

    private Task ChangesAsync(HttpContext http, string? drive)
    {
        if (Position(http.Request.Query["pageToken"]) is not { } position || Files.Position(drive) is not { } end)
        {
            return RefuseAsync(http, 400, "invalid", "pageToken");
        }

        var most = PageItems(http);
        var changes = Files.Since(drive, position, most).Select(Describe);
        var next = Math.Min(position + most, end);
        return http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["changes"] = new JsonArray([.. changes]),
            [next < end ? "nextPageToken" : "newStartPageToken"] = Token(next),
        });
    }

    private JsonObject Describe(DriveEvent change) => change.IsRemoved || Files.Find(change.Id) is not { } file
        ? new JsonObject { ["fileId"] = change.Id, ["removed"] = true, ["changeType"] = "file" }
        : new JsonObject
        {
            ["fileId"] = change.Id, ["removed"] = false, ["changeType"] = "file", ["file"] = Files.Describe(file),
        };

    private Task ListAsync(HttpContext http, string? drive)
    {
        var query = http.Request.Query;
        var page = query["pageToken"].ToString();
        var start = page.Length == 0 ? 0 : Position(page);
        if (start is null)
        {
            return RefuseAsync(http, 400, "invalid", "pageToken");
        }

        var most = PageItems(http);
        var found = Files.Of(drive).Where(file => Matches(file, query["q"].ToString())).ToList();
        var answer = new JsonObject
        {
            ["incompleteSearch"] = false,
            ["files"] = new JsonArray([.. found.Skip(start.Value).Take(most).Select(Files.Describe)]),
        };
        if (start.Value + most < found.Count)
        {
            answer["nextPageToken"] = Token(start.Value + most);
        }

        return http.Response.WriteAsJsonAsync(answer);
    }

    private bool Matches(DriveEntry file, string query) => query.Split(" and ").All(term => term switch
    {
        "trashed = false" => !Files.IsTrashed(file),
        _ when Equal().Match(term) is { Success: true } type => file.Type == type.Groups[1].Value,
        _ when Unequal().Match(term) is { Success: true } type => file.Type != type.Groups[1].Value,
        _ when InParents().Match(term) is { Success: true } parent => file.Parent == parent.Groups[1].Value,
        _ => throw new InvalidOperationException("This emulator does not know the query: " + term),
    });

    private Task PermissionsAsync(HttpContext http, string id) => Files.Find(id) switch
    {
        null => RefuseAsync(http, 404, "notFound", "fileId"),
        { Permissions: { } permissions } => http.Response.WriteAsJsonAsync(
            new JsonObject { ["permissions"] = DriveFiles.ToArray(permissions) }),
        _ => RefuseAsync(http, 403, "insufficientFilePermissions"),
    };

    private async Task DownloadAsync(HttpContext http, string id)
    {
        if (Files.Find(id) is not { } file)
        {
            await RefuseAsync(http, 404, "notFound", "fileId");
        }
        else if (!file.CanDownload)
        {
            await RefuseAsync(http, 403, "cannotDownloadFile");
        }
        else if (file.Type.StartsWith("application/vnd.google-apps.", StringComparison.Ordinal))
        {
            await RefuseAsync(http, 403, "fileNotDownloadable", "alt");
        }
        else
        {
            http.Response.ContentType = file.Type;
            http.Response.ContentLength = file.Content.Length;
            await http.Response.Body.WriteAsync(file.Content);
        }
    }

    private async Task ExportAsync(HttpContext http, string id)
    {
        if (Files.Find(id) is not { } file)
        {
            await RefuseAsync(http, 404, "notFound", "fileId");
        }
        else if (!file.Type.StartsWith("application/vnd.google-apps.", StringComparison.Ordinal))
        {
            await RefuseAsync(http, 403, "fileNotExportable");
        }
        else if (file.Content.Length > ExportBytesMax)
        {
            await RefuseAsync(http, 403, "exportSizeLimitExceeded");
        }
        else
        {
            http.Response.ContentType = http.Request.Query["mimeType"];
            await http.Response.Body.WriteAsync(file.Content);
        }
    }

    private static int PageItems(HttpContext http) =>
        int.TryParse(http.Request.Query["pageSize"], out var most) ? most : PageItemsDefault;

    private string Token(int position) => string.Create(CultureInfo.InvariantCulture, $"{_epoch}-{position}");

    private int? Position(string? token) =>
        token?.Split('-') is [var epoch, var position] && int.Parse(epoch, CultureInfo.InvariantCulture) == _epoch
            ? int.Parse(position, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("^mimeType = '([^']*)'$")]
    private static partial Regex Equal();

    [GeneratedRegex("^mimeType != '([^']*)'$")]
    private static partial Regex Unequal();

    [GeneratedRegex("^'([^']*)' in parents$")]
    private static partial Regex InParents();
}

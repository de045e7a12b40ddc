using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// Stands before <see cref="EmulateProcess"/>: passes calls on, consents in the person's place, and answers what it lacks,
/// namely Gmail's profile, Drive's logs of changes and the list of shared drives.
/// </summary>
public sealed class EmulateFront : SourceEmulator
{
    private readonly Uri _emulate;
    private readonly string _email;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly List<string> _changed = [];

    private EmulateFront(Uri emulate, string email)
        : base(TimeProvider.System, "http://127.0.0.1:0")
    {
        (_emulate, _email) = (emulate, email);
        Grants = new OAuthGrants(TimeProvider.System, accessSeconds: 3600);
    }

    /// <summary>Not used: the tokens are the other emulator's.</summary>
    public override OAuthGrants Grants { get; }

    protected override (string Id, string Secret) Application => ("", "");

    public static Task<EmulateFront> StartAsync(Uri emulate, string email) => StartAsync(new EmulateFront(emulate, email));

    /// <summary>Whether the other emulator answers.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await _http.GetAsync(new Uri(_emulate, ".well-known/openid-configuration"));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Tells Drive's log of changes of a file.</summary>
    public void Changed(string fileId) => _changed.Add(fileId);

    /// <summary>Calls the other emulator as the connected person. Returns its answer.</summary>
    public async Task<JsonNode> CallAsync(HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, new Uri(_emulate, path)) { Content = content };
        request.Headers.Authorization = new("Bearer", Calls.Select(call => call.Token).OfType<string>().Last());
        using var reply = await _http.SendAsync(request);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    protected override async Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "o/oauth2/v2/auth":
                await ConsentAsync(http);
                break;
            case "gmail/v1/users/me/profile":
                var history = await AskAsync("gmail/v1/users/me/history?startHistoryId=1", call.Token);
                await http.Response.WriteAsJsonAsync(
                    new JsonObject { ["emailAddress"] = _email, ["historyId"] = (string?)history["historyId"] });
                break;
            case "drive/v3/drives":
                await http.Response.WriteAsJsonAsync(new JsonObject { ["drives"] = new JsonArray() });
                break;
            case "drive/v3/changes/startPageToken":
                await http.Response.WriteAsJsonAsync(new JsonObject { ["startPageToken"] = Position() });
                break;
            case "drive/v3/changes":
                await ChangesAsync(http, call.Token);
                break;
            default:
                await PassOnAsync(http, call);
                break;
        }
    }

    private string Position() => _changed.Count.ToString(CultureInfo.InvariantCulture);

    private async Task ChangesAsync(HttpContext http, string? token)
    {
        var changes = new JsonArray();
        foreach (var id in _changed.Skip(int.Parse(http.Request.Query["pageToken"]!, CultureInfo.InvariantCulture)).Distinct())
        {
            changes.Add((JsonNode)new JsonObject
            {
                ["fileId"] = id, ["removed"] = false, ["file"] = await AskAsync("drive/v3/files/" + id, token),
            });
        }

        await http.Response.WriteAsJsonAsync(new JsonObject { ["changes"] = changes, ["newStartPageToken"] = Position() });
    }

    // The page lists the people of the seed, each as a form: the one whose account it is presses the button.
    private async Task ConsentAsync(HttpContext http)
    {
        var fields = http.Request.Query.ToDictionary(entry => entry.Key, entry => entry.Value.ToString());
        fields["email"] = _email;
        using var reply = await _http.PostAsync(
            new Uri(_emulate, "o/oauth2/v2/auth/callback"), new FormUrlEncodedContent(fields));
        http.Response.Redirect(reply.Headers.Location!.AbsoluteUri);
    }

    private async Task<JsonNode> AskAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_emulate, path));
        request.Headers.Authorization = new("Bearer", token);
        using var reply = await _http.SendAsync(request);
        return (await reply.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task PassOnAsync(HttpContext http, EmulatedCall call)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method), new Uri(_emulate, http.Request.Path.Value!.TrimStart('/') + http.Request.QueryString));
        if (call.Token is not null)
        {
            request.Headers.Authorization = new("Bearer", call.Token);
        }

        if (call.Argument.Length > 0)
        {
            request.Content = new StringContent(
                call.Argument, Encoding.UTF8, MediaTypeHeaderValue.Parse(http.Request.ContentType ?? "text/plain"));
        }

        using var reply = await _http.SendAsync(request);
        http.Response.StatusCode = (int)reply.StatusCode;
        http.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        await reply.Content.CopyToAsync(http.Response.Body);
    }
}

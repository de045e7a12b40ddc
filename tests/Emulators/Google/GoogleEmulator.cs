using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>What Google's services share: consent, tokens, the person's address, and the shape of refusals.</summary>
public abstract class GoogleEmulator : SourceEmulator
{
    public const string ClientId = "0123456789.apps.googleusercontent.test";
    public const string ClientSecret = "GOCSPX-secret0123456789";
    public const string Email = "ann@gmail.test";

    private const int AccessSeconds = 3599;

    protected GoogleEmulator(TimeProvider time, string url, string scope)
        : base(time, url)
    {
        GrantedScope = $"openid https://www.googleapis.com/auth/userinfo.email {scope}";
        Grants = new OAuthGrants(time, AccessSeconds) { AccessPrefix = "ya29.", Members = Granted };
    }

    public override OAuthGrants Grants { get; }

    /// <summary>What people grant: on the consent page each permission has a box of its own.</summary>
    public string GrantedScope { get; set; }

    protected override (string Id, string Secret) Application => (ClientId, ClientSecret);

    /// <summary>Whose account the next consent is for.</summary>
    public string ConsentingEmail { get; set; } = Email;

    /// <summary>The keys that Google signs with, as it publishes them.</summary>
    protected virtual string PublicKeys => """{"keys": []}""";

    /// <summary>Answers a question that came with a good token.</summary>
    protected abstract Task AnswerAsync(HttpContext http, string path, string question);

    protected override async Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "o/oauth2/v2/auth":
                Authorize(http);
                return;
            case "token":
                await TradeAsync(http, call);
                return;
            case "oauth2/v3/certs":
                await http.Response.WriteAsync(PublicKeys);
                return;
            case "revoke":
                http.Response.StatusCode = Grants.Revoke(Form(call).GetValueOrDefault("token") ?? "") ? 200 : 400;
                return;
        }

        if (!Grants.IsGood(call.Token))
        {
            await RefuseAsync(http, 401, "authError", "Authorization");
            return;
        }

        await (call.Path == "v1/userinfo"
            ? http.Response.WriteAsJsonAsync(new { sub = "108", email = ConsentingEmail, email_verified = true })
            : AnswerAsync(http, call.Path, call.Argument));
    }

    /// <summary>A refusal, as the reference shows them.</summary>
    public static string Refusal(int status, string reason, string? location = null) => new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            {
                ["domain"] = "global",
                ["reason"] = reason,
                ["message"] = reason,
                ["locationType"] = location is null ? null : "parameter",
                ["location"] = location,
            }),
            ["code"] = status,
            ["message"] = reason,
        },
    }.ToJsonString();

    protected static async Task RefuseAsync(HttpContext http, int status, string reason, string? location = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        await http.Response.WriteAsync(Refusal(status, reason, location));
    }

    private Dictionary<string, object> Granted(bool isFirst) =>
        new() { ["scope"] = GrantedScope, ["token_type"] = isFirst ? "Bearer" : "bearer" };
}

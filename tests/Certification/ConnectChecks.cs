using System.Net;
using System.Text.Json.Nodes;
using System.Web;

namespace AnyFetch.Certification;

/// <summary>Connecting, and connecting again (provider-protocol, sections 1 and 2).</summary>
internal static class ConnectChecks
{
    private static readonly string[] Fields = ["client_id", "client_secret", "code", "grant_type"];

    public static async Task StatusAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        using var reply = await session.Http.GetAsync("status", cancellationToken);
        Expect.Status(reply, HttpStatusCode.OK);
        var status = JsonNode.Parse(await reply.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        Expect.True(
            status?["users"]?["pending"] is not null && status["pending_queues"] is JsonArray
            && status["pending_documents"] is not null,
            "GET /status must answer users, pending_queues and pending_documents.");
    }

    public static async Task CodeIsNeededAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        using var reply = await session.Http.GetAsync("init/connect", cancellationToken);
        await Expect.ErrorAsync(reply, HttpStatusCode.Conflict, "MissingParameter");
    }

    public static async Task CallbackNeedsSessionAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        using var reply = await session.Http.GetAsync("init/callback?state=unknown&code=unknown", cancellationToken);
        Expect.Status(reply, HttpStatusCode.Redirect);
        var landing = new Uri(session.Options.ProviderUrl, reply.Headers.Location!);
        Expect.True(
            landing.Authority == new Uri(session.Platform.Url).Authority && landing.AbsolutePath == "/connect"
            && HttpUtility.ParseQueryString(landing.Query) is { } query
            && query["state"] == "danger" && !string.IsNullOrEmpty(query["message"]),
            $"It must lead to the manager's /connect?state=danger&message=…; it leads to {landing}.");
    }

    public static async Task ForeignReturnAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var end = await session.ConnectAsync(
            $"code={session.NewCode()}&return_to={Uri.EscapeDataString("https://foreign.example/")}", cancellationToken);
        Expect.True(
            end.Host != "foreign.example", "return_to led to an origin that is not the manager's: an open redirect.");
    }

    public static async Task ConnectAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        session.Platform.Calls.Clear();
        var code = session.NewCode();
        var returnTo = session.Platform.Url + "/sources?tab=2";
        var end = await session.ConnectAsync(
            $"code={code}&return_to={Uri.EscapeDataString(returnTo)}", cancellationToken);
        Expect.True(
            end.AbsoluteUri == returnTo + "&state=success", $"It must end at {returnTo}&state=success; it ends at {end}.");

        var exchanges = session.Platform.Of("POST /oauth/access_token");
        Expect.True(exchanges.Count == 1, $"The code was traded {exchanges.Count} times instead of once.");
        var form = HttpUtility.ParseQueryString(exchanges[0].Form ?? "");
        var missing = Fields.Where(field => string.IsNullOrEmpty(form[field])).ToList();
        Expect.True(missing.Count == 0, $"The exchange's form lacks {string.Join(", ", missing)}.");
        Expect.True(form["code"] == code && form["grant_type"] == "authorization_code", "The exchange names another code or grant.");

        var naming = session.Platform.Of("POST /access_token/account_name");
        Expect.True(
            naming.Count == 1 && !string.IsNullOrEmpty((string?)naming[0].Json?["account_name"]),
            "The account's name must be pushed once with POST /access_token/account_name.");
        session.Token = (string?)naming[0].Json!["access_token"] ?? "";
        await Expect.WithinAsync(
            session.Options.StepSecondsMax,
            () => session.Platform.Of("POST /user/update").Any(call => call.Token == session.Token),
            "A first update must be asked for with POST /user/update.",
            cancellationToken);
    }

    public static async Task RenewAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var token = session.Connected();
        session.Platform.Calls.Clear();
        var end = await session.ConnectAsync("anyfetch_token=" + Uri.EscapeDataString(token), cancellationToken);
        Expect.True(
            HttpUtility.ParseQueryString(end.Query)["state"] == "success", $"The renewal ends at {end.PathAndQuery}.");
        Expect.True(
            session.Platform.Of("POST /oauth/access_token").Count == 0, "A renewal must not trade a code: the token is reused.");
        await session.RunAsync(token, cancellationToken);
    }
}

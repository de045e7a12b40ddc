using System.Net;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Authentication;

/// <summary>The authorization-code flow, from the developers' page to the token (auth-and-tenancy §4).</summary>
public sealed class OAuthConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private const string Replace = "&replace_existing_token=true";

    private static readonly string[] s_scopes = ["read_documents", "read_tokens"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_08_10_and_12_a_code_gives_a_token_once_and_where_it_belongs(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(s_scopes);
        using (var wrong = await visitor.GetAsync(application.AuthorizePath(redirectUri: "https://evil.example/")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Null(wrong.Headers.Location);
        }

        var elsewhere = await ExchangeAsync(company, Fields(application, await visitor.GetCodeAsync(application), "https://evil.example/"));
        Assert.Equal((400, "invalid_grant"), (elsewhere.Status, elsewhere.Text("error")));
        var code = await visitor.GetCodeAsync(application);
        var reply = (await ExchangeAsync(company, Fields(application, code))).Is(200);
        Assert.Equal(["access_token", "token_type"], reply.Json.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("bearer", reply.Text("token_type"));
        var token = "Bearer " + reply.Text("access_token");
        Assert.Equal(company.Admin.Id, (await company.GetAsync("", token)).Is(200).Text("user_id"));

        var again = await ExchangeAsync(company, Fields(application, code));
        Assert.Equal((400, "invalid_grant", "InvalidArgument"), (again.Status, again.Text("error"), again.Text("code")));
        (await company.GetAsync("", token)).Is(401, "InvalidCredentials");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_11_what_is_missing_or_wrong_at_the_exchange_is_told_in_both_styles(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(s_scopes);
        var fields = Fields(application, await visitor.GetCodeAsync(application));
        foreach (var (name, value, status, error, code) in ((string, string?, int, string, string)[])
        [
            ("client_secret", null, 409, "invalid_request", "InvalidArgument"),
            ("client_secret", new string('0', 64), 401, "invalid_client", "InvalidCredentials"),
            ("grant_type", "password", 409, "unsupported_grant_type", "InvalidArgument"),
        ])
        {
            var changed = fields.Where(f => f.Key != name).ToDictionary();
            if (value is not null)
            {
                changed[name] = value;
            }

            var reply = (await ExchangeAsync(company, changed)).Is(status, code);
            Assert.Equal(error, reply.Text("error"));
            Assert.NotEmpty(reply.Text("error_description"));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_13_and_19_state_is_echoed_denial_says_so_and_a_page_shows_the_code(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(s_scopes);
        var allowed = await visitor.DecideAsync(application, "&state=a%26b");
        Assert.StartsWith(Application.Callback + "&", allowed.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("a&b", Visitor.ParameterOf(allowed, "state"));
        var denied = await visitor.DecideAsync(application, "&state=s", "deny");
        Assert.Equal(("access_denied", "s"), (Visitor.ParameterOf(denied, "error"), Visitor.ParameterOf(denied, "state")));

        var outOfBand = await visitor.RegisterAsync(s_scopes, Application.OutOfBand);
        using var shown = await visitor.SubmitAsync(
            await visitor.OpenAsync(outOfBand.AuthorizePath()), ("decision", "allow"));
        var title = (await Visitor.ReadAsync(shown)).Title!;
        var code = title.Split(' ').Single(word => word.Length == 40);
        Assert.Equal(40, (await visitor.ExchangeAsync(outOfBand, code)).Length);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_14_and_15_replacing_skips_consent_until_the_scopes_change(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(s_scopes);
        var first = await visitor.GrantAsync(application, Replace);
        using (var skipped = await visitor.GetAsync(application.AuthorizePath(Replace)))
        {
            var second = await visitor.ExchangeAsync(application, Visitor.ParameterOf(skipped.Headers.Location!, "code")!);
            (await company.GetAsync("", "Bearer " + first)).Is(401, "InvalidCredentials");
            (await company.GetAsync("", "Bearer " + second)).Is(200);
        }

        Assert.Single(await company.Api.Providers.ListAsync(default), p => p.Client?.Id == application.Id);
        Assert.True(await IsAskedAsync(visitor, application, Replace + "&approval_prompt=true"));
        await visitor.ChangeAsync(application, [.. s_scopes, "write_documents"]);
        Assert.True(await IsAskedAsync(visitor, application, Replace));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_16_and_30_two_plain_grants_are_two_providers_and_no_list_tells_their_secrets(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(AllScopes);
        string[] secrets =
        [
            await visitor.GrantAsync(application), await visitor.GrantAsync(application), company.Token, application.Secret,
        ];
        await company.AddAsync("i");
        await company.CountIsAsync("", 1);
        Assert.Equal(2, (await company.Api.Providers.ListAsync(default)).Count(p => p.Client?.Id == application.Id));
        foreach (var path in (string[])
        [
            "", "company", "subcompanies", "documents", "documents/identifier/i", "documents/identifier/i/raw", "user",
            "users", "document_types", "providers", "hydraters", "marketplace.json",
        ])
        {
            var body = (await company.GetAsync(path)).Is(200).Body;
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, body, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_18_the_marketplace_is_open_and_its_flags_intersect(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var provider = await visitor.RegisterAsync(s_scopes, "https://provider.example/init/connect", isProvider: true);
        var reader = await visitor.RegisterAsync(s_scopes);
        var all = await ListAsync(company, "");
        Assert.Contains(provider.Id, all);
        Assert.DoesNotContain(reader.Id, all);
        var (trusted, featured) = (await ListAsync(company, "?trusted=true"), await ListAsync(company, "?featured=true"));
        Assert.DoesNotContain(provider.Id, trusted);
        Assert.Equal(
            trusted.Intersect(featured).Order(), (await ListAsync(company, "?trusted=true&featured=true")).Order());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_21_a_token_in_the_address_opens_a_session_and_leaves_the_address(string target)
    {
        await using var company = await NewCompanyAsync(target);
        using var visitor = new Visitor(company.Target);
        using (var answer = await visitor.GetAsync("?q=heron&bearer=" + company.Token))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal("/?q=heron", answer.Headers.Location!.OriginalString);
        }

        Assert.Contains(company.Admin.Email, (await visitor.OpenAsync("manager")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<bool> IsAskedAsync(Visitor visitor, Application application, string more) =>
        (await visitor.OpenAsync(application.AuthorizePath(more))).QuerySelector("button[value=allow]") is not null;

    private static async Task<string[]> ListAsync(OwnCompany company, string query) =>
        [.. (await company.GetAsync("marketplace.json" + query, "")).Is(200).Json.EnumerateArray().Select(IdOf)];

    private static string IdOf(JsonElement entry) => entry.GetProperty("id").GetString()!;

    private static Dictionary<string, string> Fields(Application application, string code, string? redirectUri = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["client_id"] = application.Id,
            ["client_secret"] = application.Secret,
            ["grant_type"] = "authorization_code",
            ["code"] = code,
        };
        if (redirectUri is not null)
        {
            fields["redirect_uri"] = redirectUri;
        }

        return fields;
    }

    private static Task<Reply> ExchangeAsync(OwnCompany company, Dictionary<string, string> fields) =>
        company.SendAsync("POST", "oauth/access_token", new FormUrlEncodedContent(fields), "");
}

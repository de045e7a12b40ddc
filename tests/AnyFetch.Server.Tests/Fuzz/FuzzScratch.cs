using System.Net;
using System.Text.RegularExpressions;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// One worker's own company, whose callers may do everything that they have the right to: they revoke their tokens,
/// reset the company and shut themselves out, so they can be made anew.
/// </summary>
internal sealed partial class FuzzScratch(TestServer server, FuzzVictim victim, string owner)
{
    private FuzzCompany? _company;

    /// <summary>Who sends this worker's requests.</summary>
    public IReadOnlyList<FuzzCaller> Callers { get; private set; } = [];

    public FuzzNames Names { get; private set; } = new();

    /// <summary>Makes callers, things for them to change, and sessions; and opens the company again for writers.</summary>
    public async Task RenewAsync()
    {
        var mark = FuzzMark.Of(owner);
        if (_company is null)
        {
            (_company, _) = await FuzzCompany.AddAsync(server, FuzzMark.Of(owner));
        }

        await server.Get<ICompanyStore>().UpdateAsync(_company.Record, default);
        var names = new FuzzNames();
        victim.NameTo(names);
        var admin = await _company.AddUserAsync("admin", mark, isAdmin: true);
        var member = await _company.AddUserAsync("member", mark);
        var (adminToken, adminBearer) = await _company.AddTokenAsync(admin, Scopes.All);
        var (memberToken, memberBearer) = await _company.AddTokenAsync(member, Scopes.All);
        var (writerToken, writerBearer) = await _company.AddTokenAsync(member, Scopes.ReadDocuments | Scopes.WriteDocuments);
        await AddThingsAsync(names, adminBearer, memberBearer, mark);
        foreach (var (kind, id) in new (string, object)[]
        {
            ("user", admin.Id), ("user", member.Id), ("provider", adminToken.Id), ("provider", memberToken.Id),
            ("provider", writerToken.Id), ("company", _company.Record.Id), ("client", memberToken.Client!.Value),
            ("client", await AddClientAsync(admin)), ("type", "5252ce4ce4cfcd16f55cfa3b"), ("type", "5252ce4ce4cfcd16f55cfa3c"),
            ("hydrater", "5252ce4ce4cfcd16f55cfb00"), ("task", "c2VjcmV0"), ("path", "app.js"),
        })
        {
            names.AddOwn(kind, id.ToString()!);
        }

        var session = await OpenSessionAsync(new FuzzCaller("admin's browser", null, owner), adminBearer);
        Callers =
        [
            new("nobody", null), new("admin", adminBearer, owner), new("admin by password", FuzzCompany.Basic(admin), owner),
            new("member", memberBearer, owner), new("writer", writerBearer, owner), session,
            .. await victim.AddCallersAsync(),
        ];
        Names = names;
    }

    private async Task AddThingsAsync(FuzzNames names, string admin, string member, string mark)
    {
        foreach (var (bearer, identifier) in new[] { (admin, "a/b (c)?#é"), (member, "okapi"), (member, "zebra") })
        {
            names.AddOwn("identifier", identifier);
            names.AddOwn("document", await _company!.AddDocumentAsync(bearer, identifier, $"okapi zebra {mark}"));
        }

        names.AddOwn("type", await _company!.AddAsync("document_types", admin, FuzzCompany.Type(mark)));
        var mover = await _company.AddUserAsync("mover", mark);
        names.AddOwn("company", await _company.AddAsync(
            "subcompanies", admin, $$"""{"user":"{{mover.Id}}","name":"child{{mark}}"}"""));
    }

    /// <summary>An application of a user, to be let in and to be edited.</summary>
    private async Task<ClientId> AddClientAsync(User developer)
    {
        var (client, _) = await server.AddClientAsync("Okapi", redirectUri: "http://127.0.0.1:1/init/connect");
        await server.Get<IClientStore>().PutAsync(client with { Developer = developer.Id }, null, default);
        return client.Id;
    }

    private async Task<FuzzCaller> OpenSessionAsync(FuzzCaller caller, string bearer)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = server.Url,
        };
        using var signIn = new HttpRequestMessage(HttpMethod.Post, "sign_in/token");
        signIn.Headers.TryAddWithoutValidation("Authorization", bearer);
        using var signedIn = await http.SendAsync(signIn);
        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        using var page = await http.GetAsync("developers/new");
        var proof = Proof().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.NotEmpty(proof);
        var cookies = new[] { signedIn, page }.SelectMany(r => r.Headers.GetValues("Set-Cookie")).Select(c => c.Split(';')[0]);
        return caller with { Cookie = string.Join("; ", cookies), Proof = WebUtility.HtmlDecode(proof) };
    }

    [GeneratedRegex("name=\"proof\" value=\"([^\"]+)\"")]
    private static partial Regex Proof();
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;
using Microsoft.AspNetCore.Identity;

namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>
/// A company with people, a document that only some of them see, a type, a provider, a hydrater and a subcompany of its
/// own; its parent; and a stranger. Everything carries words that occur nowhere else.
/// </summary>
internal sealed class World
{
    private readonly TestServer _server;
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, Caller> _callers = [];

    private World(TestServer server) => _server = server;

    /// <summary>In everything that the company has, but for its settings, which its parent may see.</summary>
    public string CompanyMark { get; } = "company" + Unique();

    /// <summary>In the hidden document, which part of the company's own people must not see.</summary>
    public string DocumentMark { get; } = "document" + Unique();

    /// <summary>The kinds of callers, in the order of <see cref="RouteRow.Answers"/>.</summary>
    public IReadOnlyList<Caller> Callers =>
    [
        _callers["stranger"], _callers["parent"], _callers["outsider"], _callers["insider"], _callers["admin"],
        _callers["chief"], _callers["owner"],
    ];

    public static async Task<World> CreateAsync(TestServer server)
    {
        var world = new World(server);
        await world.AddPeopleAsync();
        await world.AddThingsAsync();
        return world;
    }

    public Caller this[string name] => _callers[name];

    /// <summary>Fills the names of the world's things in.</summary>
    public string Fill(string text)
    {
        foreach (var (name, value) in _names)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text.Replace("{new}", "new" + Unique(), StringComparison.Ordinal);
    }

    /// <summary>A token of an application that acts for a caller, with these scopes.</summary>
    public async Task<string> AddTokenAsync(string caller, Scopes scopes) =>
        "Bearer " + (await _server.AddTokenAsync(_callers[caller].User, scopes)).Secret;

    /// <summary>Sends a request.</summary>
    public async Task<Reply> SendAsync(string method, string path, string? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _server.Url + Fill(path).TrimStart('/'));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        request.Content = body switch
        {
            null => null,
            "file" => new MultipartFormDataContent
            {
                { new ByteArrayContent("content"u8.ToArray()), "file", "file.txt" },
            },
            _ => new StringContent(Fill(body), new MediaTypeHeaderValue("application/json")),
        };
        using var response = await _server.Http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task AddPeopleAsync()
    {
        var parent = await AddCompanyAsync("parent", null);
        var company = await AddCompanyAsync("admin", parent);
        await AddCompanyAsync("stranger", null);
        await AddUserAsync("chief", company, isAdmin: true);
        await AddUserAsync("insider", company);
        await AddUserAsync("outsider", company);
        foreach (var (name, caller) in _callers)
        {
            var token = await SendAsync("GET", "/token", authorization: caller.Basic);
            _callers[name] = caller with { Token = "Bearer " + token.Json.GetProperty("token").GetString() };
        }

        var (provider, secret) = await _server.AddTokenAsync(_callers["insider"].User, Scopes.All);
        await _server.Get<IAccessTokenStore>().SetAccountNameAsync(provider.Id, CompanyMark, default);
        _names["provider"] = provider.Id.ToString();
        _callers["owner"] = _callers["insider"] with { Name = "owner", Token = "Bearer " + secret };
    }

    private async Task AddThingsAsync()
    {
        var admin = _callers["admin"].Token;
        _names["its_identifier"] = DocumentMark;
        await AddDocumentAsync();
        _names["type"] = await AddAsync("/document_types", admin, $$$"""
            {"name":"{{{CompanyMark}}}","description":"d","es_mapping":{},
             "projections":{"title":"{}","snippet":"{}","full":"{}"},"templates":{"title":"t","snippet":"s","full":"f"}}
            """);
        // Its address becomes one of the company's settings, which the parent may see; its name does not.
        _names["hydrater"] = await AddAsync("/hydraters", admin, $$"""
            {"url":"https://example.org/{{Unique()}}","short_name":"{{CompanyMark}}","description":"d"}
            """);
        var mover = await AddAsync("/users", admin, $$"""
            {"email":"{{CompanyMark}}@example.org","name":"{{CompanyMark}}","password":"p"}
            """);
        _names["child"] = await AddAsync("/subcompanies", admin, $$"""{"user":"{{mover}}","name":"child{{Unique()}}"}""");
    }

    /// <summary>The hidden document keeps its file, because its source is null.</summary>
    private async Task AddDocumentAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(DocumentMark), "identifier" },
            { new StringContent("null"), "source" },
            { new StringContent($$"""{"title":"{{DocumentMark}} shared"}"""), "metadatas" },
            { new StringContent($$"""["{{_names["insider"]}}","{{_names["chief"]}}"]"""), "user_access" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(DocumentMark)), "file", "file.txt" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url + "providers/documents") { Content = form };
        request.Headers.TryAddWithoutValidation("Authorization", _callers["owner"].Token);
        using var response = await _server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        _names["document"] = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private async Task<string> AddAsync(string path, string authorization, string body)
    {
        var reply = await SendAsync("POST", path, body, authorization);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Json.GetProperty("id").GetString()!;
    }

    private async Task<CompanyId> AddCompanyAsync(string administrator, CompanyId? parent)
    {
        var company = new Company
        {
            Id = new CompanyId(NewId()),
            Name = administrator + Unique(),
            Parent = parent,
            Hydraters = [],
        };
        var user = NewUser(administrator, company.Id, isAdmin: true);
        Assert.Equal(UserChange.Done, await _server.Get<IUserStore>().AddWithCompanyAsync(company, user, default));
        Remember(administrator, user);
        return company.Id;
    }

    private async Task AddUserAsync(string name, CompanyId company, bool isAdmin = false)
    {
        var user = NewUser(name, company, isAdmin);
        Assert.True(await _server.Get<IUserStore>().AddAsync(user, default));
        Remember(name, user);
    }

    /// <summary>All have one hash, which the server checks once and remembers: it is slow on purpose.</summary>
    private User NewUser(string name, CompanyId company, bool isAdmin) => new()
    {
        Id = new UserId(NewId()),
        Company = company,
        Email = $"{name}-{(name is "stranger" or "parent" ? Unique() : CompanyMark)}@example.org",
        Name = name is "stranger" or "parent" ? name : CompanyMark,
        IsAdmin = isAdmin,
        PasswordHash = _server.AdminUser.PasswordHash,
    };

    private void Remember(string name, User user)
    {
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Email}:{TestServer.AdminPassword}"));
        _callers[name] = new Caller(name, user, "Basic " + pair, "");
        _names[name] = user.Id.ToString();
    }

    private static ObjectId NewId() => ObjectId.New(TimeProvider.System.GetUtcNow());

    private static string Unique() => Guid.NewGuid().ToString("N");

    /// <summary>Somebody who sends requests.</summary>
    /// <param name="Name">What kind of caller this is.</param>
    /// <param name="User">The user.</param>
    /// <param name="Basic">E-mail and password, as a header.</param>
    /// <param name="Token">A token with all scopes, as a header.</param>
    internal sealed record Caller(string Name, User User, string Basic, string Token);

    /// <summary>What came back.</summary>
    internal sealed record Reply(int Status, string Text)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string? Code =>
            Text.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

        public override string ToString() => $"{Status} {Text}";
    }
}

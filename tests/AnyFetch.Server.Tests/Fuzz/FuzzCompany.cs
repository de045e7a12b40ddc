using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>A company of the fuzzer: people without the cost of hashing their passwords, and requests in their name.</summary>
internal sealed class FuzzCompany(TestServer server, Company record)
{
    public Company Record => record;

    public static async Task<(FuzzCompany Company, User Admin)> AddAsync(TestServer server, string mark)
    {
        var record = new Company { Id = new CompanyId(NewId()), Name = mark, Hydraters = [] };
        var company = new FuzzCompany(server, record);
        var admin = company.NewUser("admin", mark, isAdmin: true);
        Assert.Equal(UserChange.Done, await server.Get<IUserStore>().AddWithCompanyAsync(record, admin, default));
        return (company, admin);
    }

    public async Task<User> AddUserAsync(string name, string mark, bool isAdmin = false)
    {
        var user = NewUser(name, mark, isAdmin);
        Assert.True(await server.Get<IUserStore>().AddAsync(user, default));
        return user;
    }

    public static string Basic(User user) =>
        "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user.Email}:{TestServer.AdminPassword}"));

    /// <summary>A token of an application that acts for a user.</summary>
    public async Task<(AccessToken Token, string Bearer)> AddTokenAsync(User user, Scopes scopes)
    {
        var (token, secret) = await server.AddTokenAsync(user, scopes);
        return (token, "Bearer " + secret);
    }

    /// <summary>Sends a request that must succeed; gives the answer as text.</summary>
    public async Task<string> SendAsync(string method, string path, string authorization, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return text;
    }

    /// <summary>
    /// Until hydration has looked at everything that was sent: what the company gets enabled afterwards does not concern it.
    /// </summary>
    public async Task WaitForHydrationAsync()
    {
        var end = await server.Get<IChangeFeed>().GetEndAsync(default);
        await Eventually.TrueAsync(
            async () => await server.Get<IFeedCursorStore>().GetAsync("hydration", default) >= end,
            what: "hydration has looked at everything");
    }

    /// <summary>Makes a thing and gives its id.</summary>
    public async Task<string> AddAsync(string path, string authorization, string json)
    {
        var body = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        return JsonNode.Parse(await SendAsync("POST", path, authorization, body))!["id"]!.GetValue<string>();
    }

    /// <summary>A document with a file that is kept.</summary>
    public async Task<string> AddDocumentAsync(string authorization, string identifier, string text, string? userAccess = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(identifier), "identifier" },
            { new StringContent("null"), "source" },
            { new StringContent($$"""{"title":"{{text}}","path":"/{{identifier}}.txt","text":"{{text}}"}"""), "metadatas" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)), "file", "file.txt" },
        };
        if (userAccess is not null)
        {
            form.Add(new StringContent(userAccess), "user_access");
        }

        return JsonNode.Parse(await SendAsync("POST", "providers/documents", authorization, form))!["id"]!.GetValue<string>();
    }

    public static string Type(string name) => $$$"""
        {"name":"{{{name}}}","description":"{{{name}}}","es_mapping":{},
         "projections":{"title":"{}","snippet":"{}","full":"{}"},"templates":{"title":"t","snippet":"s","full":"f"}}
        """;

    public static ObjectId NewId() => ObjectId.New(TimeProvider.System.GetUtcNow());

    private User NewUser(string name, string mark, bool isAdmin) => new()
    {
        Id = new UserId(NewId()),
        Company = record.Id,
        Email = $"{name}-{mark}@example.org",
        Name = name,
        IsAdmin = isAdmin,
        PasswordHash = server.AdminUser.PasswordHash,
    };
}

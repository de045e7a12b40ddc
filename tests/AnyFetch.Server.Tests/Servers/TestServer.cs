using System.Net;
using AnyFetch.Client;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Company = AnyFetch.Core.Companies.Company;
using User = AnyFetch.Core.Users.User;
using UserChange = AnyFetch.Core.Users.UserChange;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>
/// A whole server inside the test's process: real Kestrel on a free port of 127.0.0.1, a data directory and an
/// administrator of its own. <c>await using var server = await TestServer.StartAsync();</c>
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "correct horse";

    private readonly WebApplication _app;
    private readonly TempDirectory _data;

    private TestServer(WebApplication app, TempDirectory data)
    {
        _app = app;
        _data = data;
        Url = AnyFetchServer.LocalUrlOf(app);
        Http = NewHttp();
    }

    /// <summary>The base URL, with a slash at its end.</summary>
    public Uri Url { get; }

    /// <summary>Without credentials; follows no redirect and keeps no cookie.</summary>
    public HttpClient Http { get; }

    /// <summary>The data directory.</summary>
    public string Data => _data.Path;

    /// <summary>The application itself.</summary>
    public WebApplication App => _app;

    /// <summary>The server's own parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The first administrator's basic token.</summary>
    public string AdminToken { get; private set; } = "";

    /// <summary>The API as the first administrator, with the basic token.</summary>
    public AnyFetchClient Admin { get; private set; } = null!;

    /// <summary>The first administrator's user.</summary>
    public User AdminUser { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings beyond the defaults, such as <c>("Api:FileBytesMax", "1000")</c>.</param>
    public static Task<TestServer> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(null, settings);

    /// <summary>Starts a server whose container the test changes, to put in a clock of its own for example.</summary>
    public static async Task<TestServer> StartAsync(
        Action<IServiceCollection>? services,
        params (string Key, string Value)[] settings)
    {
        var data = new TempDirectory();
        var overrides = new Dictionary<string, string?>
        {
            ["Data"] = data.Path,
            ["Urls"] = "http://127.0.0.1:0",
            ["Admin:Email"] = AdminEmail,
            ["Admin:Password"] = AdminPassword,
            ["Log:Level"] = "Warning",

            // A browser begins slowly on a machine that has much to do.
            ["Images:TimeoutSeconds"] = "300",
        };
        foreach (var (key, value) in settings)
        {
            overrides[key] = value;
        }

        var app = AnyFetchServer.Build(new ServerSettings
        {
            Overrides = overrides,
            UsesEnvironment = false,
            Services = services,
        });
        await app.StartAsync();
        var server = new TestServer(app, data);
        await server.SignInAsync();
        return server;
    }

    /// <summary>An HTTP client of the test's own, without credentials.</summary>
    public HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = Url,
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>The API with a token.</summary>
    public AnyFetchClient ClientOf(string token) =>
        new(Http, Url, AnyFetchCredentials.Bearer(token), new AnyFetchClientOptions { RetriesMax = 0 });

    /// <summary>The API with an e-mail address and a password.</summary>
    public AnyFetchClient ClientOf(string email, string password) =>
        new(Http, Url, AnyFetchCredentials.Basic(email, password), new AnyFetchClientOptions { RetriesMax = 0 });

    /// <summary>A user of the administrator's company, whose password is <see cref="AdminPassword"/>.</summary>
    public Task<User> AddUserAsync(string email, bool isAdmin = false) => AddUserAsync(AdminUser.Company, email, isAdmin);

    /// <summary>A user of a company.</summary>
    public async Task<User> AddUserAsync(CompanyId company, string email, bool isAdmin = false)
    {
        var user = NewUser(company, email, isAdmin);
        Assert.True(await Get<IUserStore>().AddAsync(user, default));
        return user;
    }

    /// <summary>A root company of its own with its administrator.</summary>
    public async Task<User> AddCompanyAsync(string email)
    {
        var mine = await Get<ICompanyStore>().FindAsync(AdminUser.Company, default);
        var company = new Company { Id = new CompanyId(NewId()), Name = email, Hydraters = mine!.Hydraters };
        var user = NewUser(company.Id, email, isAdmin: true);
        Assert.Equal(Core.Users.UserChange.Done, await Get<IUserStore>().AddWithCompanyAsync(company, user, default));
        return user;
    }

    /// <summary>An application.</summary>
    public async Task<(Core.Clients.Client Client, string Secret)> AddClientAsync(
        string name = "Test provider",
        bool isTrusted = false,
        string redirectUri = "http://127.0.0.1:1/init/connect",
        string? providerUrl = null,
        Scopes scopes = ScopeNames.Provider)
    {
        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        var client = new Core.Clients.Client
        {
            Id = new ClientId(NewId()),
            Name = name,
            RedirectUri = redirectUri,
            ProviderUrl = providerUrl,
            Scopes = scopes,
            IsTrusted = isTrusted,
        };
        await Get<IClientStore>().PutAsync(client, TokenSecret.Hash(secret), default);
        return (client, secret);
    }

    /// <summary>A provider's token for a user, the administrator if none is named.</summary>
    public async Task<(AccessToken Token, string Secret)> AddTokenAsync(
        User? user = null,
        Scopes scopes = ScopeNames.Provider,
        bool isTrusted = false,
        string? providerUrl = null)
    {
        var (client, _) = await AddClientAsync(
            "Provider " + NewId(), isTrusted, providerUrl: providerUrl, scopes: scopes);
        user ??= AdminUser;
        var now = TimeProvider.System.GetUtcNow();
        var token = new AccessToken
        {
            Id = new AccessTokenId(NewId()),
            User = user.Id,
            Company = user.Company,
            Client = client.Id,
            Scopes = scopes,
            CreatedAt = now,
            LastUsed = now,
        };
        var secret = await Get<ClientTokenSecrets>().OfAsync(token.Id, default);
        await Get<IAccessTokenStore>().AddAsync(token, TokenSecret.Hash(secret), default);
        return (token, secret);
    }

    /// <summary>A part of the server.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Waits until a search counts exactly so many documents.</summary>
    public static Task WaitForCountAsync(AnyFetchClient client, DocumentSearch search, int count) => Eventually.TrueAsync(
        async () => (await client.Documents.SearchAsync(search with { Limit = 0 }, default)).Count == count,
        TimeSpan.FromSeconds(120),
        $"a search counts {count}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    private static ObjectId NewId() => ObjectId.New(TimeProvider.System.GetUtcNow());

    private User NewUser(CompanyId company, string email, bool isAdmin)
    {
        var user = new User
        {
            Id = new UserId(NewId()),
            Company = company,
            Email = email,
            Name = email,
            IsAdmin = isAdmin,
            PasswordHash = "",
        };
        return user with { PasswordHash = new PasswordHasher<User>().HashPassword(user, AdminPassword) };
    }

    private async Task SignInAsync()
    {
        AdminUser = await Get<IUserStore>().FindByEmailAsync(AdminEmail, default)
            ?? throw new InvalidOperationException("The server made no administrator.");
        AdminToken = await ClientOf(AdminEmail, AdminPassword).GetTokenAsync(default);
        Admin = ClientOf(AdminToken);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnyFetch.Testing;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>
/// A company that a test makes for itself through the API, with its administrator, and removes again with everything
/// in it. Requests go out as its administrator's token unless they say otherwise.
/// </summary>
public sealed class OwnCompany : IAsyncDisposable
{
    public const string Password = "a:long password";

    private readonly HttpClient _http;
    private readonly string _operator;

    private OwnCompany(Target target)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = target.Url,
        };
        _operator = BasicOf(target.Email, target.Password);
        Email = NewEmail();
    }

    /// <summary>The company's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The administrator's address.</summary>
    public string Email { get; }

    /// <summary>The administrator's id.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>The administrator's basic token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The administrator's e-mail and password, as a header.</summary>
    public string Basic => BasicOf(Email);

    public static async Task<OwnCompany> CreateAsync(Target target)
    {
        var company = new OwnCompany(target);
        company.UserId = await company.AddUserAsync(company.Email, authorization: company._operator);
        company.Id = await company.AddSubcompanyAsync(company.UserId, company._operator);
        company.Token = (await company.GetAsync("token", company.Basic)).Is(200).Text("token");
        return company;
    }

    /// <summary>An address that nobody has.</summary>
    public static string NewEmail() => $"conformance-{Guid.NewGuid():N}@example.org";

    /// <summary>E-mail and password as a header.</summary>
    public static string BasicOf(string email, string password = Password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{password}"));

    /// <summary>Sends a request; an empty authorization sends none.</summary>
    public async Task<Reply> SendAsync(string method, string path, object? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/'));
        if (authorization is not "")
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization ?? "Bearer " + Token);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new StringContent((string)body, new MediaTypeHeaderValue("application/json")),
        };
        using var response = await _http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    public Task<Reply> GetAsync(string path, string? authorization = null) => SendAsync("GET", path, null, authorization);

    public Task<Reply> PostAsync(string path, string body, string? authorization = null) =>
        SendAsync("POST", path, body, authorization);

    /// <summary>Makes a document and gives its id.</summary>
    public async Task<string> AddDocumentAsync(string body, string? authorization = null) =>
        (await PostAsync("documents", body, authorization)).Is(200).Text("id");

    /// <summary>Makes a user of the company and gives its id.</summary>
    public async Task<string> AddUserAsync(string email, bool isAdmin = false, string? authorization = null)
    {
        var body = $$"""{"email":"{{email}}","name":"Conformance","password":"{{Password}}","is_admin":{{(isAdmin ? 1 : 0)}}}""";
        return (await PostAsync("users", body, authorization)).Is(200).Text("id");
    }

    /// <summary>Makes a subcompany for a user and gives its id.</summary>
    public async Task<string> AddSubcompanyAsync(string user, string? authorization = null)
    {
        var body = $$"""{"user":"{{user}}","name":"conformance-{{Guid.NewGuid():N}}"}""";
        return (await PostAsync("subcompanies", body, authorization)).Is(200).Text("id");
    }

    /// <summary>Waits until a search counts so many documents: they are found a moment after they are accepted.</summary>
    public Task CountIsAsync(string query, int count, string? authorization = null) => Eventually.TrueAsync(
        async () => (await GetAsync("documents?" + query, authorization)).Is(200).Json.GetProperty("count").GetInt32() == count,
        TimeSpan.FromSeconds(30),
        $"{query} counts {count}");

    /// <summary>The identifiers of a page, in its order.</summary>
    public async Task<string[]> FindAsync(string query) =>
    [
        .. (await GetAsync("documents?" + query)).Is(200).Json.GetProperty("data").EnumerateArray()
            .Select(d => d.GetProperty("identifier").GetString()!),
    ];

    public async ValueTask DisposeAsync()
    {
        if (Id.Length > 0)
        {
            await SendAsync("DELETE", $"subcompanies/{Id}?force=true", null, _operator);
        }

        _http.Dispose();
    }

    /// <summary>What came back.</summary>
    public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public string Text(string name) => Json.GetProperty(name).GetString()!;

        /// <summary>Expects a success.</summary>
        public Reply Is(int status)
        {
            Assert.True(Status == status, $"Expected {status}, got {Status} {Body}");
            return this;
        }

        /// <summary>Expects an error of the documented shape.</summary>
        public Reply Is(int status, string code)
        {
            Is(status);
            Assert.Equal(code, Text("code"));
            Assert.NotEmpty(Text("message"));
            return this;
        }
    }
}

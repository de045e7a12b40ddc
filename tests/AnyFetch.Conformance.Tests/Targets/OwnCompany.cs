using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Testing;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>
/// A company that a test makes for itself through the API, with its administrator, and removes again with everything
/// in it. What succeeds goes through the client library (<see cref="Api"/>); raw requests go out as the administrator's
/// token unless they say otherwise.
/// </summary>
public sealed class OwnCompany : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly AnyFetchClient _operator;

    private OwnCompany(Target target)
    {
        Target = target;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = target.Url,
        };
        _operator = new AnyFetchClient(target.Url, AnyFetchCredentials.Basic(target.Email, target.Password));
    }

    /// <summary>The server.</summary>
    public Target Target { get; }

    /// <summary>The company's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The company's administrator.</summary>
    public Person Admin { get; private set; } = new("", "");

    /// <summary>The administrator's basic token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The client library with the administrator's token.</summary>
    public AnyFetchClient Api { get; private set; } = null!;

    /// <summary>The administrator's e-mail and password, as a header.</summary>
    public string Basic => Admin.Basic;

    public static async Task<OwnCompany> CreateAsync(Target target)
    {
        var company = new OwnCompany(target);
        company.Admin = await AddPersonAsync(company._operator, isAdmin: false);
        company.Id = await AddSubcompanyAsync(company._operator, company.Admin);
        company.Token = await company.TokenOfAsync(company.Admin);
        company.Api = company.ApiOf(company.Token);
        return company;
    }

    /// <summary>The client library with a token.</summary>
    public AnyFetchClient ApiOf(string token) => new(Target.Url, AnyFetchCredentials.Bearer(token));

    /// <summary>The client library with e-mail and password.</summary>
    public AnyFetchClient ApiOf(Person person) =>
        new(Target.Url, AnyFetchCredentials.Basic(person.Email, Person.Password));

    /// <summary>Somebody's basic token.</summary>
    public Task<string> TokenOfAsync(Person person) => ApiOf(person).GetTokenAsync(default);

    /// <summary>Makes a user of the company.</summary>
    public Task<Person> AddPersonAsync(bool isAdmin = false) => AddPersonAsync(Api, isAdmin);

    /// <summary>Makes a user of a caller's company.</summary>
    public static async Task<Person> AddPersonAsync(AnyFetchClient caller, bool isAdmin = false)
    {
        var user = await caller.Users.CreateAsync(
            new UserChange
            {
                Email = Person.NewEmail(),
                Name = "Conformance",
                Password = Person.Password,
                IsAdmin = isAdmin,
            },
            default);
        return new Person(user.Id, user.Email);
    }

    /// <summary>Makes a subcompany below a caller's company for one of its users and gives its id.</summary>
    public static async Task<string> AddSubcompanyAsync(AnyFetchClient caller, Person first)
    {
        var creation = new SubcompanyCreation { User = first.Id, Name = $"conformance-{Guid.NewGuid():N}" };
        return (await caller.Companies.CreateSubcompanyAsync(creation, default)).Id;
    }

    /// <summary>Makes a document of the metadata given as JSON.</summary>
    public Task<Document> AddAsync(string identifier, string metadata = "{}", string? type = null, DateTimeOffset? created = null) =>
        Api.Documents.PostAsync(
            new DocumentDraft
            {
                Identifier = identifier,
                DocumentType = type,
                CreationDate = created,
                Metadata = JsonNode.Parse(metadata)!.AsObject(),
            },
            default);

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
        return new Reply((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Reply> GetAsync(string path, string? authorization = null) => SendAsync("GET", path, null, authorization);

    public Task<Reply> PostAsync(string path, string body, string? authorization = null) =>
        SendAsync("POST", path, body, authorization);

    /// <summary>A form with a file, or without.</summary>
    public static MultipartFormDataContent Multipart(byte[]? file, params (string Name, string Text)[] fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
        {
            content.Add(new StringContent(text), name);
        }

        if (file is not null)
        {
            content.Add(new ByteArrayContent(file), "file", "file.bin");
        }

        return content;
    }

    /// <summary>Waits until a search counts so many documents: they are found a moment after they are accepted.</summary>
    public Task CountIsAsync(string query, int count, string? authorization = null) => Eventually.TrueAsync(
        async () => (await GetAsync("documents?limit=0&" + query, authorization)).Is(200)["count"].GetInt32() == count,
        what: $"{query} counts {count}");

    /// <summary>The page that a search answers.</summary>
    public async Task<JsonElement> SearchAsync(string query, string? authorization = null) =>
        (await GetAsync("documents?" + query, authorization)).Is(200).Json;

    /// <summary>What a search's first hit shows.</summary>
    public async Task<JsonElement> FirstHitAsync(string query) => (await SearchAsync(query)).GetProperty("data")[0];

    /// <summary>The identifiers of a page, in its order.</summary>
    public async Task<string[]> FindAsync(string query, string? authorization = null) =>
        IdentifiersOf(await SearchAsync(query, authorization));

    /// <summary>The identifiers of a page, in its order.</summary>
    public static string[] IdentifiersOf(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("identifier").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        if (Id.Length > 0)
        {
            await _operator.Companies.DeleteSubcompanyAsync(Id, force: true, default);
        }

        _http.Dispose();
    }
}

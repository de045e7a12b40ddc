using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Api;

/// <summary>Raw requests against a server of the test's own: status, headers and body as they are on the wire.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected TestServer Server { get; private protected set; } = null!;

    /// <summary>A provider's token of the administrator.</summary>
    protected string Token { get; private set; } = "";

    protected AccessToken Provider { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Server = await NewServerAsync();
        (Provider, Token) = await Server.AddTokenAsync(scopes: Scopes.All);
    }

    /// <summary>The server that the test is run on.</summary>
    protected virtual Task<TestServer> NewServerAsync() => StartServerAsync();

    /// <summary>A server with settings of the test's own.</summary>
    protected static Task<TestServer> StartServerAsync(params (string Key, string Value)[] settings) =>
        TestServer.StartAsync(
            services =>
            {
                if (services.All(s => s.ServiceType != typeof(Core.Search.ISearchIndex)))
                {
                    Search.SearchExtensions.AddAnyFetchSearch(
                        services,
                        o => o.DataDirectory = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")));
                }
            },
            settings);

    public virtual async Task DisposeAsync() => await Server.DisposeAsync();

    protected static string Basic(string email, string password = TestServer.AdminPassword) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{password}"));

    protected static string AdminBasic => Basic(TestServer.AdminEmail);

    /// <summary>Sends a request with the provider's token, or with what <paramref name="authorization"/> says.</summary>
    protected async Task<Answer> SendAsync(
        string method,
        string path,
        object? body = null,
        string? authorization = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Server.Url + path.TrimStart('/'));
        if (authorization is not null)
        {
            var value = authorization.Length == 0 ? "Bearer " + Token : authorization;
            request.Headers.TryAddWithoutValidation("Authorization", value);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => throw new ArgumentException("JSON text or content is expected.", nameof(body)),
        };
        using var response = await Server.Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers, bytes);
    }

    protected Task<Answer> GetAsync(string path, string? authorization = "") =>
        SendAsync("GET", path, authorization: authorization);

    protected Task<Answer> PostAsync(string path, string body, string? authorization = "") =>
        SendAsync("POST", path, body, authorization);

    protected static MultipartFormDataContent Multipart(byte[]? file, params (string Name, string Text)[] fields)
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

    protected static string Id(User user) => user.Id.ToString();

    /// <summary>What came back.</summary>
    protected sealed record Answer(
        HttpStatusCode StatusCode,
        HttpResponseHeaders Headers,
        HttpContentHeaders ContentHeaders,
        byte[] Bytes)
    {
        public int Status => (int)StatusCode;

        public string Text => Encoding.UTF8.GetString(Bytes);

        public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

        public string? Code => Bytes.Length > 0 && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

        public string Str(string name) => Json.GetProperty(name).GetString()!;

        /// <summary>Expects an error of the documented shape.</summary>
        public Answer Is(int status, string code)
        {
            Assert.True(Status == status && Code == code, $"Expected {status} {code}, got {Status} {Text}");
            Assert.NotEmpty(Str("message"));
            return this;
        }

        /// <summary>Expects a success.</summary>
        public Answer Is(int status)
        {
            Assert.True(Status == status, $"Expected {status}, got {Status} {Text}");
            return this;
        }
    }
}

using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>What a person does with the manager: opens pages, fills forms, keeps cookies. Follows no redirect by itself.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(TestServer server) => _http = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = Cookies,
    })
    {
        BaseAddress = server.Url,
    };

    public CookieContainer Cookies { get; } = new();

    /// <summary>A browser in which somebody has signed in, the administrator if nobody is named.</summary>
    public static async Task<Browser> SignedInAsync(TestServer server, string? email = null)
    {
        var browser = new Browser(server);
        using var answer = await browser.SignInAsync(email ?? TestServer.AdminEmail, TestServer.AdminPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public async Task<HttpResponseMessage> SignInAsync(string email, string password, string path = "/sign_in") =>
        await SubmitAsync(await OpenAsync(path), ("email", email), ("password", password));

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content) => _http.PostAsync(path, content);

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Sends the page's form with what it holds and what is filled in.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, params (string Name, string Value)[] filled) =>
        SubmitAsync(page, "form", filled);

    /// <summary>Sends one of the page's forms.</summary>
    public Task<HttpResponseMessage> SubmitAsync(
        IHtmlDocument page,
        string selector,
        params (string Name, string Value)[] filled)
    {
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector(selector));
        var fields = form.QuerySelectorAll("input[type=hidden], input[checked]").Cast<IHtmlInputElement>()
            .Select(i => (i.Name!, i.Value))
            .Where(f => filled.All(g => g.Name != f.Item1))
            .Concat(filled)
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return _http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields));
    }

    public void Dispose() => _http.Dispose();
}

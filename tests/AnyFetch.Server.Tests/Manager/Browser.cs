using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>What a person does with the manager: opens pages, fills forms, keeps cookies. Follows no redirect by itself.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(TestServer server)
        : this(server.Url)
    {
    }

    public Browser(Uri server) => _http = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = Cookies,
    })
    {
        BaseAddress = server,
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

    /// <summary>Where a form leads that ends on a page which goes on by itself.</summary>
    public static async Task<Uri> LeaveAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var link = (await ReadAsync(answer)).QuerySelector("a.primary")!.GetAttribute("href")!;
        Assert.Equal("0; url=" + link, Assert.Single(answer.Headers.GetValues("Refresh")));
        return new Uri(link);
    }

    /// <summary>Opens an address and follows its redirects to the end, as a browser does.</summary>
    public async Task<Uri> FollowAsync(string address)
    {
        const int HopsMax = 10;
        var at = new Uri(_http.BaseAddress!, address);
        for (var hop = 0; hop < HopsMax; hop++)
        {
            using var answer = await _http.GetAsync(at);
            if (answer.Headers.Location is not { } next)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return at;
            }

            at = new Uri(at, next);
        }

        throw new InvalidOperationException("The redirects do not end.");
    }

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
        var fields = form.QuerySelectorAll("input:not([type=checkbox], [type=radio]), input[checked], textarea")
            .Select(field => field is IHtmlTextAreaElement lines
                ? (lines.Name!, lines.Value)
                : (((IHtmlInputElement)field).Name!, ((IHtmlInputElement)field).Value))
            .Where(f => filled.All(g => g.Name != f.Item1))
            .Concat(filled)
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return _http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields));
    }

    public void Dispose() => _http.Dispose();
}

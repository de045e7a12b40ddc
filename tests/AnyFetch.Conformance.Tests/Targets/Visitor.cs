using System.Net;
using System.Web;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyFetch.Client;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>
/// Somebody with a browser at the manager: opens pages, fills forms, keeps cookies, and follows no redirect by itself.
/// </summary>
public sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;
    private readonly Target _target;

    public Visitor(Target target)
    {
        _target = target;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = target.Url,
        };
    }

    /// <summary>A browser in which somebody has signed in.</summary>
    public static async Task<Visitor> SignedInAsync(Target target, Person person)
    {
        var visitor = new Visitor(target);
        using var answer = await visitor.SubmitAsync(
            await visitor.OpenAsync("sign_in"), ("email", person.Email), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Sends the page's first form with what it holds and what is filled in.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, params (string Name, string Value)[] filled)
    {
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector("form"));
        var fields = form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>()
            .Select(i => (i.Name!, i.Value))
            .Concat(filled)
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return _http.PostAsync(form.GetAttribute("action")!.TrimStart('/'), new FormUrlEncodedContent(fields));
    }

    /// <summary>Registers an application on the developers' page.</summary>
    public async Task<Application> RegisterAsync(
        IEnumerable<string> scopes,
        string redirectUri = Application.Callback,
        bool isProvider = false)
    {
        using var answer = await SubmitAsync(
            await OpenAsync("developers/new"), [.. FieldsOf(scopes, redirectUri, isProvider)]);
        var page = await ReadAsync(answer);
        return new Application(
            page.QuerySelector("#app_id")!.TextContent, page.QuerySelector("#app_secret")!.TextContent, redirectUri);
    }

    /// <summary>Changes what an application asks for.</summary>
    public async Task ChangeAsync(Application application, IEnumerable<string> scopes)
    {
        var page = await OpenAsync("developers/" + application.Id);
        using var answer = await SubmitAsync(page, [.. FieldsOf(scopes, application.RedirectUri, isProvider: false)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Decides about an application and returns where the browser is sent.</summary>
    public async Task<Uri> DecideAsync(Application application, string more = "", string decision = "allow")
    {
        var page = await OpenAsync(application.AuthorizePath(more));
        using var answer = await SubmitAsync(page, ("decision", decision));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>A code for an application, by consent.</summary>
    public async Task<string> GetCodeAsync(Application application, string more = "") =>
        ParameterOf(await DecideAsync(application, more), "code")!;

    /// <summary>A token for an application, by consent and exchange.</summary>
    public async Task<string> GrantAsync(Application application, string more = "") =>
        await ExchangeAsync(application, await GetCodeAsync(application, more));

    /// <summary>Trades a code.</summary>
    public Task<string> ExchangeAsync(Application application, string code) =>
        new AnyFetchManagerClient(_http, _target.Url).ExchangeCodeAsync(
            new CodeExchange { ClientId = application.Id, ClientSecret = application.Secret, Code = code }, default);

    /// <summary>A parameter of an address.</summary>
    public static string? ParameterOf(Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name];

    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string Name, string Value)> FieldsOf(
        IEnumerable<string> scopes, string redirectUri, bool isProvider)
    {
        yield return ("name", "Conformance");
        yield return ("redirect_uri", redirectUri);
        if (!isProvider)
        {
            yield return ("oauth_app", "true");
        }

        foreach (var scope in scopes)
        {
            yield return ("scopes", scope);
        }
    }
}

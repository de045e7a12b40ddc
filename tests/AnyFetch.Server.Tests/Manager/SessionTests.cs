using System.Net;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Manager;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_opens_pages_and_not_the_API()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);

        using var page = await browser.GetAsync("/manager");
        using var api = await browser.GetAsync("/documents");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task A_session_signs_in_to_the_search_page_of_the_same_origin_alone()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        using var stranger = new Browser(server);

        var token = await TokenAsync(browser, "same-origin");
        var user = await server.ClientOf(token!).Users.GetCurrentAsync(default);

        Assert.Equal(TestServer.AdminEmail, user.Email);
        Assert.Equal(token, await TokenAsync(browser, null));
        Assert.Null(await TokenAsync(browser, "same-site"));
        Assert.Null(await TokenAsync(browser, "cross-site"));
        Assert.Null(await TokenAsync(stranger, "same-origin"));
    }

    [Fact]
    public async Task Signing_out_takes_the_token_of_the_search_page_from_the_browser()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);

        using var answer = await browser.GetAsync("/sign_out");

        Assert.Equal("\"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        Assert.Null(await TokenAsync(browser, "same-origin"));
    }

    [Fact]
    public async Task The_cookie_cannot_be_read_by_scripts_and_stays_on_this_site()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = new Browser(server);

        using var answer = await browser.SignInAsync(TestServer.AdminEmail, TestServer.AdminPassword);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("anyfetch_manager=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_look_the_same_and_are_throttled()
    {
        await using var server = await TestServer.StartAsync(
            services => services.AddSingleton<TimeProvider>(new StandingTimeProvider()),
            ("Manager:SignInAttemptsPerMinuteMax", "2"));
        using var browser = new Browser(server);

        using var wrong = await browser.SignInAsync(TestServer.AdminEmail, "wrong");
        using var unknown = await browser.SignInAsync("nobody@example.org", "wrong");
        using var again = await browser.SignInAsync(TestServer.AdminEmail, "wrong");
        using var throttled = await browser.SignInAsync(TestServer.AdminEmail, TestServer.AdminPassword);
        using var other = await browser.SignInAsync("nobody@example.org", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(await ErrorOfAsync(wrong), await ErrorOfAsync(unknown));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/", "/manager")]
    [InlineData("//evil.example/", "/manager")]
    [InlineData("/\\evil.example", "/manager")]
    [InlineData("javascript:alert(1)", "/manager")]
    [InlineData("https://app.example.evil.example/", "/manager")]
    [InlineData("https://app.example@evil.example/", "/manager")]
    [InlineData("/app?q=x", "/app?q=x")]
    [InlineData("https://app.example/any", "https://app.example/any")]
    public async Task Return_to_is_a_path_here_or_a_registered_origin(string asked, string expected)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddAppAsync();
        using var browser = new Browser(server);

        using var answer = await browser.SignInAsync(
            TestServer.AdminEmail, TestServer.AdminPassword, $"/sign_in?return_to={Uri.EscapeDataString(asked)}");

        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Check_21_a_bearer_in_the_address_opens_a_session_and_leaves_the_address()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (path, rest) in ((string, string)[])[("/?a=1&bearer={0}", "/?a=1"), ("/manager?bearer={0}", "/manager")])
        {
            using var browser = new Browser(server);
            using var answer = await browser.GetAsync(path.Replace("{0}", server.AdminToken, StringComparison.Ordinal));
            using var page = await browser.GetAsync("/manager");

            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal(rest, answer.Headers.Location!.OriginalString);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_with_less_than_every_scope_opens_no_session()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = new Browser(server);
        var (_, secret) = await server.AddTokenAsync(scopes: Scopes.All & ~Scopes.DeleteUsers);

        using var answer = await browser.GetAsync($"/manager?bearer={secret}");
        using var page = await browser.GetAsync("/manager");

        Assert.Equal("/manager", answer.Headers.Location!.OriginalString);
        Assert.StartsWith("/sign_in", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_and_a_new_password_end_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var one = await Browser.SignedInAsync(server);
        using var other = await Browser.SignedInAsync(server);

        using var signedOut = await one.GetAsync("/sign_out");
        using var afterSignOut = await one.GetAsync("/manager");
        using var meanwhile = await other.GetAsync("/manager");
        await server.Get<IUserStore>().UpdateAsync(server.AdminUser with { PasswordHash = "changed" }, default);
        using var afterChange = await other.GetAsync("/manager");

        Assert.Equal(HttpStatusCode.Redirect, afterSignOut.StatusCode);
        Assert.Equal(HttpStatusCode.OK, meanwhile.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, afterChange.StatusCode);
    }

    [Fact]
    public async Task Signing_up_makes_a_company_and_its_administrator()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = new Browser(server);

        using var tooShort = await SignUpAsync(browser, "ada@example.org", "seven77");
        using var done = await SignUpAsync(browser, "ada@example.org", "eight888");
        using var twice = await SignUpAsync(browser, "Ada@Example.org", "eight888");
        using var page = await browser.GetAsync("/manager");
        var user = await server.Get<IUserStore>().FindByEmailAsync("ada@example.org", default);

        Assert.Equal(HttpStatusCode.Conflict, tooShort.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(user!.IsAdmin);
        Assert.NotEqual(server.AdminUser.Company, user.Company);
        var company = await server.ClientOf("ada@example.org", "eight888").Companies.GetCurrentAsync(default);
        Assert.Equal("ada@example.org", company.Name);
        Assert.NotEmpty(company.Hydraters);
    }

    [Fact]
    public async Task Signing_up_can_be_switched_off()
    {
        await using var server = await TestServer.StartAsync(("Manager:SignUp", "false"));
        using var browser = new Browser(server);

        using var answer = await browser.GetAsync("/sign_up");
        var signIn = await browser.OpenAsync("/sign_in");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(signIn.QuerySelector("a[href^='/sign_up']"));
    }

    /// <summary>What the search page learns, asked from a page that stands where the browser says; null when refused.</summary>
    private static async Task<string?> TokenAsync(Browser browser, string? site)
    {
        using var content = new ByteArrayContent([]);
        if (site is not null)
        {
            content.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        }

        using var answer = await browser.PostAsync("/app/token", content);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("token").GetString();
    }

    private static async Task<HttpResponseMessage> SignUpAsync(Browser browser, string email, string password) =>
        await browser.SubmitAsync(
            await browser.OpenAsync("/sign_up"), ("email", email), ("name", "Ada"), ("password", password));

    private static async Task<string> ErrorOfAsync(HttpResponseMessage answer) =>
        (await Browser.ReadAsync(answer)).QuerySelector(".error")!.TextContent;
}

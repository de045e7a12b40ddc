using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Ids;
using System.Globalization;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Sessions;

/// <summary>Signing in and out (auth-and-tenancy §4.4).</summary>
internal static class SessionEndpoints
{
    private const int PasswordCharsMax = 1024;

    private static readonly Error s_noSession = new(
        ErrorCode.InvalidCredentials, "A session needs a token that is known and has every scope.");

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapPages();
        pages.MapGet("/sign_in", ShowSignInAsync).WithMetadata(PageDescriptions.SignIn);
        pages.MapPost("/sign_in", SignInAsync);
        pages.MapGet("/sign_out", SignOut).WithMetadata(PageDescriptions.SignOut);
        var scripts = routes.MapGroup("").WithPageHeaders();
        scripts.MapPost("/sign_in/token", SignInWithTokenAsync);
        scripts.MapPost("/app/token", TellTokenAsync);
    }

    private static async Task<IResult> ShowSignInAsync(
        HttpContext http,
        ReturnAddress addresses,
        IOptions<ManagerOptions> options)
    {
        var returnTo = await addresses.AcceptAsync(http.Request, http.Request.Query["return_to"], http.RequestAborted);
        return http.User.Identity is { IsAuthenticated: true }
            ? TypedResults.Redirect(returnTo ?? "/manager")
            : ShowForm(http, returnTo, null, null, options.Value.SignUp);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http,
        IUserStore users,
        UserPasswords passwords,
        SessionCookie sessions,
        AttemptCounter attempts,
        ReturnAddress addresses,
        IOptions<ManagerOptions> options)
    {
        var form = http.Request.Form;
        var email = form["email"].ToString();
        var returnTo = await addresses.AcceptAsync(http.Request, form["return_to"], http.RequestAborted);
        var key = AttemptCounter.PasswordKey(http.Connection.RemoteIpAddress, User.NormalizeEmail(email));
        if (attempts.SecondsToWait(key, options.Value.SignInAttemptsPerMinuteMax, s_minute) is > 0 and var seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ShowForm(http, returnTo, email, "Too many tries. Wait a minute, then try again.",
                options.Value.SignUp, StatusCodes.Status429TooManyRequests);
        }

        var password = form["password"].ToString();
        var user = await users.FindByEmailAsync(email.Trim(), http.RequestAborted);
        if (password.Length > PasswordCharsMax || !await passwords.IsRightAsync(user, password, TimeSpan.Zero, http.RequestAborted))
        {
            attempts.Add(key, s_minute);
            return ShowForm(http, returnTo, email, "This e-mail and password do not go together.",
                options.Value.SignUp, StatusCodes.Status401Unauthorized);
        }

        attempts.Clear(key);
        sessions.Write(http, user!);
        return TypedResults.Redirect(returnTo ?? "/manager");
    }

    /// <summary>Opens a session for the search page, which knows its user by a token.</summary>
    private static async Task<IResult> SignInWithTokenAsync(HttpContext http, BearerSignIn signIn)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        var isSignedIn = header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && await signIn.SignInAsync(http, header[scheme.Length..].Trim(), http.RequestAborted);
        return isSignedIn ? TypedResults.NoContent() : ManagerJson.Error(s_noSession);
    }

    /// <summary>
    /// Tells the search page the token of whoever is signed in to these pages, so that one sign-in serves both. Only a
    /// page of this origin can read the answer: it carries no header that would let another in.
    /// </summary>
    private static async Task<IResult> TellTokenAsync(HttpContext http, SessionCookie sessions, BasicTokens tokens)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")
            || await sessions.ReadAsync(http, http.RequestAborted) is not { } user)
        {
            // No fault: most who open the search page for the first time have no session.
            return TypedResults.NoContent();
        }

        var token = await tokens.GetSecretAsync(user, http.RequestAborted);
        return TypedResults.Json(new SessionToken(token), ManagerJson.Default.SessionToken);
    }

    private static RedirectHttpResult SignOut(HttpContext http)
    {
        SessionCookie.Clear(http);

        // The search page keeps its token in the browser: it goes with the session.
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return TypedResults.Redirect("/sign_in");
    }

    private static ContentHttpResult ShowForm(
        HttpContext http,
        string? returnTo,
        string? email,
        string? error,
        bool hasSignUp,
        int status = StatusCodes.Status200OK)
    {
        // Signing in may lead straight on to an application, and browsers hold that against the form.
        PageHeaders.SetPolicy(http.Response, formTarget: "https: http:");
        var signUp = returnTo is null ? "/sign_up" : $"/sign_up?return_to={Uri.EscapeDataString(returnTo)}";
        return Page.Card("Sign in to AnyFetch", Html.Of($"""
            <form method="post" action="/sign_in">
              {http.Proof()}{Form.Hidden("return_to", returnTo)}
              {Form.Text("E-mail", "email", email, "email", "username")}
              {Form.Text("Password", "password", null, "password", "current-password")}
              {Form.Error(error)}
              <button class="primary" type="submit">Sign in</button>
            </form>
            {Html.When(hasSignUp, () => Html.Of(
                $"""<p class="muted sign-up">New here? <a href="{signUp}">Create an account</a></p>"""))}
            """), status);
    }
}

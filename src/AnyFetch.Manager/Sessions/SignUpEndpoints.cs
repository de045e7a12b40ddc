using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Sessions;

/// <summary>Making an account: a company of one's own, named after one's e-mail, and its administrator (§1, §4.4).</summary>
internal static class SignUpEndpoints
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public static void MapSignUp(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapPages();
        pages.MapGet("/sign_up", ShowAsync).WithMetadata(PageDescriptions.SignUp);
        pages.MapPost("/sign_up", SignUpAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        ReturnAddress addresses,
        IOptions<ManagerOptions> options)
    {
        var returnTo = await addresses.AcceptAsync(http.Request, http.Request.Query["return_to"], http.RequestAborted);
        return options.Value.SignUp ? ShowForm(http, returnTo, null, null, null) : Closed();
    }

    private static async Task<IResult> SignUpAsync(
        HttpContext http,
        IUserStore users,
        UserPasswords passwords,
        SessionCookie sessions,
        AttemptCounter attempts,
        ReturnAddress addresses,
        DefaultHydraters hydraters,
        TimeProvider timeProvider,
        IOptions<ManagerOptions> options)
    {
        if (!options.Value.SignUp)
        {
            return Closed();
        }

        var form = PersonForm.Read(http.Request.Form);
        var returnTo = await addresses.AcceptAsync(http.Request, http.Request.Form["return_to"], http.RequestAborted);
        var key = $"sign-up {http.Connection.RemoteIpAddress}";
        var fault = attempts.SecondsToWait(key, options.Value.SignUpsPerHourMax, s_hour) > 0
            ? "Too many accounts were made from here. Try again in an hour."
            : form.FindFault(options.Value, needsPassword: true);
        if (fault is not null)
        {
            return ShowForm(http, returnTo, form.Email, form.Name, fault, StatusCodes.Status409Conflict);
        }

        attempts.Add(key, s_hour);
        var now = timeProvider.GetUtcNow();
        var company = new Company
        {
            Id = new CompanyId(ObjectId.New(now)),
            Name = form.Email,
            Hydraters = hydraters.Urls,
        };
        var user = new User
        {
            Id = new UserId(ObjectId.New(now)),
            Company = company.Id,
            Email = form.Email,
            Name = form.Name,
            IsAdmin = true,
            PasswordHash = await passwords.HashAsync(form.Password, http.RequestAborted),
        };
        if (await users.AddWithCompanyAsync(company, user, http.RequestAborted) != UserChange.Done)
        {
            return ShowForm(http, returnTo, form.Email, form.Name, "This e-mail is in use. Sign in with it instead.",
                StatusCodes.Status409Conflict);
        }

        sessions.Write(http, user);
        return TypedResults.Redirect(returnTo ?? "/manager");
    }

    private static ContentHttpResult Closed() => Page.Card("Accounts are made by invitation", Html.Of($"""
        <p>Ask the administrator of this AnyFetch for an account.</p>
        <a class="button primary" href="/sign_in">Sign in</a>
        """), StatusCodes.Status403Forbidden);

    private static ContentHttpResult ShowForm(
        HttpContext http,
        string? returnTo,
        string? email,
        string? name,
        string? error,
        int status = StatusCodes.Status200OK)
    {
        PageHeaders.SetPolicy(http.Response, formTarget: "https: http:");
        return Page.Card("Create your account", Html.Of($"""
            <form method="post" action="/sign_up">
              {http.Proof()}{Form.Hidden("return_to", returnTo)}
              {Form.Text("E-mail", "email", email, "email", "username")}
              {Form.Text("Your name", "name", name, "text", "name")}
              {Form.Text("Password", "password", null, "password", "new-password",
                  hint: $"At least {PersonForm.PasswordCharsMin} characters.")}
              {Form.Error(error)}
              <button class="primary" type="submit">Create account</button>
            </form>
            <p class="muted sign-up">You have one? <a href="/sign_in">Sign in</a></p>
            """), status);
    }
}

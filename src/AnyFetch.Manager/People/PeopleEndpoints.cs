using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.People;

/// <summary>The users of a company, for its administrators.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder routes) =>
        routes.MapSignedInPages().MapGet("/manager/people", ListAsync);

    private static async Task<IResult> ListAsync(HttpContext http, IUserStore users)
    {
        var user = Visitor.Of(http);
        if (!user.IsAdmin)
        {
            return Page.Full(user, "People", Html.Of($"""<p class="muted">Only administrators see this page.</p>"""),
                StatusCodes.Status403Forbidden);
        }

        var people = await users.ListAsync(user.Company, http.RequestAborted);
        return Page.Full(user, "People", Html.Of($"""
            <ul class="rows">{Html.Join(people.Select(Row))}</ul>
            """));
    }

    private static Html Row(User user) => Html.Of($"""
        <li><div><strong>{(user.Name.Length > 0 ? user.Name : user.Email)}</strong><small>{user.Email}</small></div>
        {Html.When(user.IsAdmin, () => Html.Of($"""<span class="pill">Administrator</span>"""))}</li>
        """);
}
